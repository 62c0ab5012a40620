using System.Net;
using Iop.Contracts.Registry;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>Once a year those who answer for an entry are asked whether it is still right, and no more when they have
/// answered.</summary>
public sealed class YearlyQuestionTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private const string Entries = "/registry/v1/entries";

    [Fact]
    public async Task Who_wrote_it_is_asked_on_the_day_and_the_question_goes_when_it_is_answered_ended_or_merged()
    {
        var body = await world.Registered("Orsa kommun", "public", "2034");
        var officer = world.As(Callers.Of(body.Id, Roles.Officer));
        var (kept, other) = (await Enter(officer, "Egen"), await Enter(world.Operator, "Operatörens"));
        var nobodys = (await world.Operator.Create(Entries, new
        {
            title = "Ingens", startYear = 2020, openEnded = true,
            parties = new[] { new { name = "Okänd", kind = "idea-driven" } },
        })).Is(HttpStatusCode.Created);
        world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2027, 3, 2)).AddMinutes(-1));
        await Task.Delay(TimeSpan.FromSeconds(2)); // timers would have rung
        Assert.Empty(await world.Announced<EntryConfirmationDue>());
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds("both are asked about",
            async () => (await world.Announced<EntryConfirmationDue>()).Count == 2);
        foreach (var asked in await world.Announced<EntryConfirmationDue>())
        {
            Assert.Contains(asked.EntryId, new[] { kept.Id, other.Id });
            Assert.Equal([body.Id], asked.Organisations); // who wrote it; else the party that is registered here
            Assert.Equal(new DateOnly(2026, 3, 2), asked.LastConfirmedOn);
        }
        Assert.DoesNotContain(await world.Announced<EntryConfirmationDue>(), asked => asked.EntryId == nobodys.Id);

        (await officer.Act($"{Entries}/{kept.Id}/confirmation", (await world.Anonymous.Get($"{Entries}/{kept.Id}")).Tag))
            .Is(HttpStatusCode.OK);
        Assert.Equal(("confirmed", kept.Id), await Settled());
        (await world.Operator.Put($"{Entries}/{other.Id}", (await world.Anonymous.Get($"{Entries}/{other.Id}")).Tag,
            KeepingTests.Partnership("Operatörens", "Orsa kommun", "Natt"))).Is(HttpStatusCode.OK);
        Assert.Equal(("rewritten", other.Id), await Settled());
    }

    private async Task<(string, Guid)> Settled() => (await world.Announced<EntryConfirmationSettled>())[^1] is var said
        ? (said.How, said.EntryId) : default;

    private static async Task<Reply> Enter(CallerClient caller, string title) => (await caller.Create(Entries,
        KeepingTests.Partnership(title, "Orsa kommun", title + " förening"))).Is(HttpStatusCode.Created);
}
