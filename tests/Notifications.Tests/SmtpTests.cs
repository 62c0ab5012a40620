using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Iop.Notifications.Mailing;
using Microsoft.Extensions.Configuration;

namespace Iop.Notifications.Tests;

/// <summary>What is said to a mail server, and how its answers are understood.</summary>
public sealed class SmtpTests : IAsyncLifetime
{
    private readonly MailServer _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task A_letter_arrives_word_for_word()
    {
        await _server.Start();
        var words = string.Concat(Enumerable.Repeat("Räksmörgås på åkern 🦐\n.\n..\n", 200));
        var letter = Letter() with { Subject = string.Concat(Enumerable.Repeat("Överenskommelse 🤝 ", 8)).Trim(), Body = words };
        Assert.Equal((Posted.Taken, null), await Sender().Send(letter, default));
        var mail = await Arrived(letter);
        Assert.Equal((letter.Subject, words.ReplaceLineEndings("\r\n")), (mail.Subject, mail.Body));
        Assert.Equal($"<{letter.MailId}@iop.example>", mail.MessageId);
        Assert.All(mail.Headers.Split("\r\n"), line => Assert.DoesNotContain("Å", line, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("no-vera@example.com", nameof(Posted.Refused), "RCPT TO: 550")]
    [InlineData("relay-vera@example.com", nameof(Posted.NotNow), "RCPT TO: 554")] // our server does not pass our mail on
    [InlineData("later-vera@example.com", nameof(Posted.NotNow), "RCPT TO: 451")]
    [InlineData("spam-vera@example.com", nameof(Posted.NotNow), "message: 554 not for … filter is out of order")]
    [InlineData("åke@example.com", nameof(Posted.Refused), "address")]
    [InlineData("no address", nameof(Posted.Refused), "address")]
    public async Task Only_a_no_to_the_address_concerns_its_owner(string address, string posted, string trouble)
    {
        await _server.Start();
        var (became, told) = await Sender().Send(Letter() with { Email = address }, default);
        Assert.Equal((posted, trouble), (became.ToString(), told));
    }

    [Fact]
    public async Task A_domain_of_Swedish_letters_is_written_as_servers_read_it()
    {
        await _server.Start();
        Assert.Equal(Posted.Taken, (await Sender().Send(Letter() with { Email = "vera@vårby.example" }, default)).Posted);
        await TestKit.Eventually.Holds("it is there", () => Task.FromResult(_server.For("vera@vårby.example").Count == 1));
    }

    [Fact]
    public async Task A_server_that_refuses_who_sends_is_in_trouble_and_says_why_without_an_address()
    {
        await _server.Start(new { refusesSender = true });
        Assert.Equal((Posted.ServerIsAway, "MAIL FROM: 550 5.7.1 … may not send here"), await Sender().Send(Letter(), default));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Encrypted_and_with_the_password_where_the_server_wants_it(string method)
    {
        var (authority, key, cert) = Certificates();
        await _server.Start(new { user = "iop", password = "hemligt å", key, cert, methods = new[] { method } });
        var settings = Settings(authority, "hemligt å");
        var letter = Letter();
        Assert.Equal((Posted.Taken, null), await Sender(settings).Send(letter, default));
        var mail = await Arrived(letter);
        Assert.Equal((true, "iop"), (mail.Encrypted, mail.User));
        Assert.Equal((Posted.ServerIsAway, "AUTH: 535 wrong"),
            await Sender(Settings(authority, "another")).Send(Letter(), default));
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_is_told_nothing()
    {
        var (_, key, cert) = Certificates();
        await _server.Start(new { user = "iop", password = "x", key, cert });
        Assert.Equal((Posted.ServerIsAway, "certificate"), await Sender(Settings(null, "x")).Send(Letter(), default));
    }

    [Fact]
    public async Task A_server_without_encryption_is_not_used_where_it_is_wanted()
    {
        await _server.Start();
        var (posted, trouble) = await Sender(Settings(null, null)).Send(Letter(), default);
        Assert.Equal(Posted.ServerIsAway, posted);
        Assert.StartsWith("STARTTLS: 50", trouble, StringComparison.Ordinal);
        Assert.Equal(0, _server.Count);
    }

    [Fact]
    public async Task Nobody_at_the_door_is_a_server_that_is_away() =>
        Assert.Equal((Posted.ServerIsAway, "away"), await Sender().Send(Letter(), default));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private MailSettings Settings(string? authority, string? password) => new()
    {
        Host = "localhost", Port = _server.Port, From = "IOP <iop@example.com>", StartTls = true, Authority = authority,
        User = password is null ? null : "iop", Password = password,
    };

    private SmtpSender Sender(MailSettings? settings = null) => new(
        settings ?? new MailSettings { Host = "127.0.0.1", Port = _server.Port, From = "IOP <iop@example.com>" },
        new ConfigurationBuilder().AddInMemoryCollection([new("PublicBaseUrl", "https://iop.example")]).Build(),
        TimeProvider.System);

    private async Task<Received> Arrived(Letter letter)
    {
        await TestKit.Eventually.Holds("it is there", () => Task.FromResult(_server.For(letter.Email).Count == 1));
        return _server.For(letter.Email)[0];
    }

    private static Letter Letter() =>
        new(Guid.NewGuid(), $"{Guid.NewGuid():N}@example.com", "Åsa Öberg", "Hej", "Hej Åsa!\n");

    /// <summary>An authority of one's own, and a server's certificate from it.</summary>
    private (string Authority, string Key, string Cert) Certificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var root = authority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using var cert = server.Create(root, from, to, [1, 2, 3, 4]);
        var file = Path.Combine(_folder, "authority.pem");
        File.WriteAllText(file, root.ExportCertificatePem());
        return (file, key.ExportPkcs8PrivateKeyPem(), cert.ExportCertificatePem());
    }
}
