// A mail server for tests. What it does is said by the address:
//   no-…@     is refused for good        later-…@  is refused for now, the first time
//   slow-…@   takes three seconds        crash-…@  takes the mail and dies before it can say so, the first time
// Prints its port, then each mail it has taken as a line of JSON.
import { SMTPServer } from 'smtp-server'

const seen = new Set()
const first = address => !seen.has(address) && !!seen.add(address)
const failed = (code, text) => Object.assign(new Error(text), { responseCode: code })

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo({ address }, session, done) {
    if (address.startsWith('no-')) return done(failed(550, 'nobody of that name'))
    if (address.startsWith('later-') && first(address)) return done(failed(451, 'try later'))
    done()
  },
  onData(stream, session, done) {
    const parts = []
    stream.on('data', part => parts.push(part))
    stream.on('end', () => {
      const [{ address }] = session.envelope.rcptTo
      console.log(JSON.stringify({ to: address, raw: Buffer.concat(parts).toString('base64') }))
      if (address.startsWith('crash-') && first(address)) {
        for (const connection of server.connections) connection._socket.destroy()
        return
      }
      setTimeout(done, address.startsWith('slow-') ? 3000 : 0)
    })
  },
})
server.on('error', () => {})
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(server.server.address().port))
process.stdin.resume().on('end', () => process.exit())
