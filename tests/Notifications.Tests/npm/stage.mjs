// A mail server for tests. What it does is said by the address:
//   no-…@     is refused for good        later-…@  is refused for now, the first time
//   slow-…@   takes three seconds        crash-…@  takes the mail and dies before it can say so, the first time
//   late-…@   takes 31 seconds           mute-…@   takes the mail and never says so
//   relay-…@  is not passed on from us   spam-…@   refuses the mail itself, with a word about an address
// And by what it is started with (JSON): refusesSender; user and password to be signed in with; key and cert to encrypt with.
// Prints its port, then each mail it has taken as a line of JSON.
import { SMTPServer } from 'smtp-server'

const how = JSON.parse(process.argv[3] ?? '{}')
const seen = new Set()
const first = address => !seen.has(address) && !!seen.add(address)
const failed = (code, text) => Object.assign(new Error(text), { responseCode: code })
const pauses = { 'slow-': 3_000, 'late-': 31_000, 'mute-': 3_600_000 }

const server = new SMTPServer({
  disabledCommands: [...(how.user ? [] : ['AUTH']), ...(how.cert ? [] : ['STARTTLS'])],
  ...(how.cert ? { key: how.key, cert: how.cert } : {}),
  ...(how.methods ? { authMethods: how.methods } : {}),
  authOptional: !how.user,
  allowInsecureAuth: !how.cert,
  onAuth({ username, password }, session, done) {
    done(username === how.user && password === how.password ? null : failed(535, 'wrong'), { user: username })
  },
  onMailFrom(address, session, done) {
    done(how.refusesSender ? failed(550, '5.7.1 iop@example.com may not send here') : null)
  },
  onRcptTo({ address }, session, done) {
    if (address.startsWith('no-')) return done(failed(550, 'nobody of that name'))
    if (address.startsWith('relay-')) return done(failed(554, '5.7.1 relay access denied'))
    if (address.startsWith('later-') && first(address)) return done(failed(451, 'try later'))
    done()
  },
  onData(stream, session, done) {
    const parts = []
    stream.on('data', part => parts.push(part))
    stream.on('end', () => {
      const [{ address }] = session.envelope.rcptTo
      if (address.startsWith('spam-')) return done(failed(554, `not for <${address}>: filter is out of order`))
      console.log(JSON.stringify({
        to: address, raw: Buffer.concat(parts).toString('base64'), encrypted: session.secure, user: session.user ?? null,
      }))
      if (address.startsWith('crash-') && first(address)) {
        for (const connection of server.connections) connection._socket.destroy()
        return
      }
      setTimeout(done, pauses[address.slice(0, 5)] ?? 0)
    })
  },
})
server.on('error', () => {})
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(server.server.address().port))
process.stdin.resume().on('end', () => process.exit())
