using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Telling;
using Iop.Platform.Api;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Notifications.Tests;

/// <summary>Each kind of line at its edges, as <see cref="Edges"/> has them.</summary>
public sealed class EdgeTests(MailWorld world) : IClassFixture<MailWorld>
{
    public static TheoryData<string> Tasks => [.. Edges.All.Where(row => row.IsTask).Select(row => row.Kind)];

    public static TheoryData<string> TasksAnsweredInAnyOrder =>
        [.. Edges.All.Where(row => row.IsTask && row.InAnyOrder).Select(row => row.Kind)];

    [Fact]
    public void Every_kind_of_line_has_its_row()
    {
        var said = world.Services.GetRequiredService<Texts>().Codes("sv")
            .Where(code => code.StartsWith("line.", StringComparison.Ordinal) && code != "line.somebody")
            .Select(code => code[5..]);
        var rows = Edges.All.Select(row => row.Kind).Concat(Edges.Elsewhere.Keys);
        Assert.Equal(said.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_without_anything_that_cancels_it_is_news_and_never_a_task()
    {
        var rules = world.Services.GetRequiredService<Rules>();
        var tasks = WordsTests.Messages().Except(WordsTests.TellNobody)
            .SelectMany(message => WordsTests.Words.SelectMany(word => WordsTests.Variants(message, word)))
            .SelectMany(one => rules.For(one).Tidings.Lines).Where(line => line.MustAct).Select(line => line.Kind)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(tasks.Except(Edges.All.Where(row => row.IsTask).Select(row => row.Kind), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task Cancelled_before_its_mail_leaves_nobody_is_asked(string kind)
    {
        var (row, tale, owner) = await Begun(kind);
        await row.Asks!.TellIn(world, tale, 5);
        Assert.Contains(kind, await Asked(owner));
        await row.Done!.TellIn(world, tale, 6);
        Assert.DoesNotContain(kind, await Asked(owner));
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Mailed(kind, owner));
    }

    [Theory]
    [MemberData(nameof(TasksAnsweredInAnyOrder))]
    public async Task Cancelled_before_it_was_heard_of_nobody_is_ever_asked(string kind)
    {
        var (row, tale, owner) = await Begun(kind);
        await row.Done!.TellIn(world, tale, 6);
        await row.Asks!.TellIn(world, tale, 5);
        Assert.DoesNotContain(kind, await Asked(owner));
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Mailed(kind, owner));
    }

    /// <summary>Whoever leaves with a task undone, and whoever had left before: the administrator is asked, once.</summary>
    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task When_the_owner_has_gone_the_administrator_is_asked_once(string kind)
    {
        var (row, tale, owner) = await Begun(kind);
        var admin = new Person(
            Guid.NewGuid(), Guid.NewGuid(), tale.Organisation, null, "Birgitta", $"{Guid.NewGuid():N}@example.com", "sv");
        await world.Tell(admin.Changed(1, Roles.Admin));
        await row.Asks!.TellIn(world, tale, 5);
        Assert.DoesNotContain(kind, await Asked(admin, Roles.Admin));
        await world.Tell(owner.Changed(2));
        Assert.Contains(kind, await Asked(admin, Roles.Admin));
        await world.Later(TimeSpan.FromMinutes(1));
        await row.Asks!.TellIn(world, tale, 7); // asked anew, of an owner who had left before
        await world.Later(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Mailed(kind, owner));
        Assert.Equal(await Open(kind, tale), await Mailed(kind, admin));
    }

    private async Task<(Edges.Row Row, Tale Tale, Person Owner)> Begun(string kind)
    {
        var (row, tale) = (Edges.All.Single(one => one.Kind == kind), new Tale());
        var role = world.Services.GetRequiredService<Rules>().For(row.Asks!.In(tale, 5)).Tidings.Lines
            .First(line => line.Kind == kind).Roles[0];
        var owner = new Person(
            Guid.NewGuid(), tale.Person, tale.Organisation, null, role, $"{tale.Person:N}@example.com", "sv");
        await world.Tell(owner.Changed(1, role));
        await new Said(typeof(PartyJoinedPartnership), []).TellIn(world, tale, 1);
        return (row, tale, owner);
    }

    private async Task<IReadOnlyList<string>> Asked(Person person, string? role = null) =>
        [.. (await world.Tasks(world.As(person.Caller(role ?? person.Name))))
            .Select(line => line.GetProperty("kind").GetString()!)];

    private Task<long> Mailed(string kind, Person person) => world.Scalar<long>("""
        SELECT count(*) FROM mail JOIN inbox_line line USING (line_id)
        WHERE line.kind = $1 AND mail.person_id = $2 AND mail.outcome = 'sent'
        """, kind, person.Id);

    /// <summary>How many times it was asked for.</summary>
    private Task<long> Open(string kind, Tale tale) => world.Scalar<long>(
        "SELECT count(*) FROM inbox_line WHERE kind = $1 AND organisation_id = $2", kind, tale.Organisation);
}
