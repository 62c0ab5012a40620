using System.Net;
using System.Text.Json;
using Iop.Notifications.Mailing;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Iop.Notifications.Tests;

/// <summary>The inboxes with a mail server. The postman works when a test lets time pass.</summary>
public class MailWorld(Servers servers) : NotificationsWorld(servers)
{
    public MailServer Server { get; } = new();

    public async Task<Person> Member(
        Guid organisation, string role, string name, Guid? unit = null, string language = "sv", string prefix = "")
    {
        var id = Guid.NewGuid();
        var person = new Person(Guid.NewGuid(), id, organisation, unit, name, $"{prefix}{id:N}@example.com", language);
        await Tell(person.Changed(1, role));
        return person;
    }

    /// <summary>Time passes, and the postman makes his round.</summary>
    public async Task Later(TimeSpan time)
    {
        Clock.Advance(time);
        var postman = Postman();
        await postman.Morning(default);
        await postman.Round(default);
        await Eventually.Holds("mails under way are there", async () =>
            await Scalar<long>("SELECT count(*) FROM mail WHERE outcome = 'sent'") <= Server.Count);
    }

    /// <summary>The acts that await the caller.</summary>
    public async Task<IReadOnlyList<JsonElement>> Tasks(CallerClient caller) =>
        [.. (await caller.Get("/notifications/v1/inbox")).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Where(line => line.GetProperty("mustAct").GetBoolean())];

    public Task<string> Outcome(Person person) => Scalar<string>("SELECT outcome FROM mail WHERE person_id = $1", person.Id);

    internal Postman Postman() => ActivatorUtilities.CreateInstance<Postman>(Services, NullLogger<Postman>.Instance);

    public override async ValueTask InitializeAsync()
    {
        await Server.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    // Its rounds are made by Later: one of its own would be under way when a test moves the clock past its patience.
    protected override void Configure(IServiceCollection services) =>
        services.Remove(services.Single(one => one.ImplementationType == typeof(Postman)));

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{Server.Port}"), ("Mail:From", "iop@example.com")];
}
