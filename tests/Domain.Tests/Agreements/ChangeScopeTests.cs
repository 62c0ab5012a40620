using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Every kind of change × what was changed of all that is fixed: allowed, or what goes beyond the change.</summary>
public sealed class ChangeScopeTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];
    private static readonly Guid City = Ids[0], Association = Ids[1], Newcomer = Ids[2];
    private static readonly Guid CityItself = Ids[3], AssociationItself = Ids[4], NewcomerItself = Ids[5];

    private static AgreementText InForce { get; } = new(
        Ids[6], Ids[7],
        new Frame("Vårsol", new DateOnly(2026, 4, 1), new DateOnly(2028, 12, 31), false, 6, "health", "0-25", null, "06",
            12, 24, "Styrgruppen", ["interventions", "targetGroup"]),
        [Party(City, CityItself, OrganisationKind.Public), Party(Association, AssociationItself, OrganisationKind.IdeaDriven)],
        [.. SectionKeys.Required.Select(key => new AgreementText.SectionText(key, $"Text om {key}.", null)),
            new("concepts", null, "Behövs inte.")],
        [new(Ids[8], City, ContributionKind.Money, "Driftstöd", 125_000_000, null, "budget"),
            new(Ids[9], Association, ContributionKind.VolunteerWork, "Stödsamtal", null, 800, null)],
        [new(Ids[10], GoalKind.Overall, null, null, "Barnen mår bra"),
            new(Ids[11], GoalKind.Learning, null, City, "Hur vi mäter")],
        [new(Ids[12], "Grupper", "Varje vecka", AssociationItself, "Föreningen", [City, Association], null, null, "Barn")],
        [new(Ids[13], BodyKind.Steering, "Styrgruppen", "Beslutar", new Rhythm(4), null, Visibility.All, null)],
        [new(Ids[14], null, "Budget", "budget.pdf", "application/pdf", 10, "aa"),
            new(Ids[15], "resources", "Lokaler", "lokaler.pdf", "application/pdf", 11, "bb")]);

    private static AgreementText.ContributionText Competence { get; } =
        new(Ids[16], Newcomer, ContributionKind.Competence, "Kunskap om sorg", null, null, null);

    /// <summary>By what is changed: how, and what an accession, a renewal, an adjustment and a withdrawal say of it.</summary>
    private static readonly Dictionary<string, (Func<AgreementText, AgreementText> How, string?[] Beyond)> Changes = new()
    {
        ["nothing"] = (of => of, [null, null, null, null]),
        ["another first day"] = (of => of with { Frame = of.Frame with { StartsOn = new DateOnly(2026, 5, 1) } },
            ["startsOn", "startsOn", "startsOn", "startsOn"]),
        ["a later end"] = (of => of.Until(new DateOnly(2031, 12, 31)), ["frame", null, "frame", "frame"]),
        ["an earlier end"] = (of => of.Until(new DateOnly(2027, 12, 31)), ["frame", "frame", "frame", "frame"]),
        ["no end"] = (of => of.Until(null), ["frame", "frame", "frame", "frame"]),
        ["another title"] = Frame(frame => frame with { Title = "Höstsol" }),
        ["another notice"] = Frame(frame => frame with { NoticeMonths = 1 }),
        ["another renewal"] = Frame(frame => frame with { RenewalMonths = 36 }),
        ["more for the body to adjust"] = Frame(frame => frame with { AdjustedSections = ["interventions", "goals"] }),
        ["a party more"] = (of => of with
        {
            Parties = [.. of.Parties, Party(Ids[17], Ids[18], OrganisationKind.Private)],
        }, ["parties", "parties", "parties", "parties"]),
        ["a party less"] = (of => of with { Parties = [.. of.Parties.Where(party => party.PartyId != Association)] },
            ["parties", "parties", "parties", "parties"]),
        ["one signature instead of two"] = (of => of with
        {
            Parties = [.. of.Parties.Select(party => party with { RequiredSignatures = 1 })],
        }, ["parties", "parties", "parties", "parties"]),
        ["an organisation's name"] = (of => of with
        {
            Parties = [.. of.Parties.Select(party => party with { Name = "Nytt namn" })],
            Activities = [.. of.Activities!.Select(activity => activity with { BookedByName = "Nytt namn" })],
        }, [null, null, null, null]),
        ["another's contribution"] = (of => of with
        {
            Contributions = [of.Contributions[0] with { OrePerYear = 1 }, .. of.Contributions.Skip(1)],
        }, ["contributions", "contributions", "contributions", "contributions"]),
        ["a contribution more"] = (of => of with
        {
            Contributions = [.. of.Contributions, Competence with { ContributionId = Ids[19], PartyId = City }],
        }, ["contributions", "contributions", "contributions", "contributions"]),
        ["a goal's words"] = Goals(goals => [goals[0] with { Text = "Något annat" }, goals[1]]),
        ["a goal less"] = Goals(goals => [goals[1]]),
        ["a joint goal more"] = Goals(goals => [.. goals, new GoalText(Ids[19], GoalKind.Overall, null, null, "Nytt")]),
        ["who books an activity"] = Activities(activities => [activities[0] with { BookedBy = CityItself }]),
        ["an activity's days"] = Activities(activities => [activities[0] with { FromOn = new DateOnly(2027, 1, 1) }]),
        ["no activities"] = Activities(_ => []),
        ["a body's mandate"] = Bodies(bodies => [bodies[0] with { Mandate = "Beslutar allt" }]),
        ["a body's rhythm"] = Bodies(bodies => [bodies[0] with { Rhythm = new Rhythm(52) }]),
        ["a body more"] = Bodies(bodies => [.. bodies, bodies[0] with { BodyId = Ids[19] }]),
        ["another file"] = Attachments(files => [files[0] with { Sha256 = "cc" }, files[1]],
            ["attachments", "attachments", "attachments", "attachments"]),
        ["an attachment less"] = Attachments(files => [files[0]],
            ["attachments", "attachments", "attachments", "attachments"]),
        ["a file more for the resources"] = Attachments(files => [.. files, files[1] with { AttachmentId = Ids[19] }],
            [null, "attachments", "attachments", "attachments"]),
        ["a file more for the period"] = Attachments(
            files => [.. files, files[1] with { AttachmentId = Ids[19], SectionKey = "period" }],
            ["attachments", null, "attachments", "attachments"]),
        ["a file more for the interventions"] = Attachments(
            files => [.. files, files[1] with { AttachmentId = Ids[19], SectionKey = "interventions" }],
            ["attachments", "attachments", null, "attachments"]),
        ["resources that say more"] = Section("resources", "Text om resources. Och mer.",
            [null, "resources", "resources", "resources"]),
        ["resources that say less"] = Section("resources", "Annat.", ["resources", "resources", "resources", "resources"]),
        ["goals that say more"] = Section("goals", "Text om goals. Och mer.", ["goals", "goals", "goals", "goals"]),
        ["the period"] = Section("period", "Till 2031.", ["period", null, "period", "period"]),
        ["the interventions"] = Section("interventions", "Lördagar.",
            ["interventions", "interventions", null, "interventions"]),
    };

    public static TheoryData<string> EveryChange => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(EveryChange))]
    public void A_change_keeps_to_its_kind(string what)
    {
        var (how, beyond) = Changes[what];
        string?[] found =
        [
            Beyond(ChangeKind.Accession, Newcomer, InForce, how(Joined(InForce))),
            // A renewal moves the end in any case; what the row says of the end is then what counts.
            Beyond(ChangeKind.Renewal, null, InForce, what.Contains(" end", StringComparison.Ordinal)
                ? how(InForce) : how(InForce).Until(new DateOnly(2030, 12, 31))),
            Beyond(ChangeKind.Adjustment, null, InForce, how(InForce)),
            Beyond(ChangeKind.Withdrawal, Newcomer, Joined(InForce), how(InForce)),
        ];
        Assert.Equal(beyond, found);
        // A renegotiation may do anything but move the first day.
        Assert.Equal(beyond[0] is "startsOn" ? "startsOn" : null,
            Beyond(ChangeKind.Renegotiation, null, InForce, how(InForce)));
    }

    [Fact]
    public void An_accession_adds_what_is_the_newcomers_own_and_needs_the_newcomer()
    {
        var joined = Joined(InForce);
        Assert.Null(Beyond(ChangeKind.Accession, Newcomer, InForce, joined));
        Assert.Equal("parties", Beyond(ChangeKind.Accession, Newcomer, InForce, InForce));
        // It takes part in what the others do, and does something of its own; nobody else's part changes by that.
        var taking = joined with { Activities = [joined.Activities![0] with { PartyIds = [City, Association, Newcomer] }] };
        Assert.Null(Beyond(ChangeKind.Accession, Newcomer, InForce, taking));
        Assert.Equal("activities", Beyond(ChangeKind.Accession, Newcomer, InForce,
            joined with { Activities = [joined.Activities[0] with { PartyIds = [Association, Newcomer] }] }));
        Assert.Equal("activities", Beyond(ChangeKind.Accession, Newcomer, InForce,
            joined with { Activities = [.. joined.Activities, joined.Activities[0] with { ActivityId = Ids[19] }] }));
        Assert.Equal("goals", Beyond(ChangeKind.Accession, Newcomer, InForce,
            joined with { Goals = [.. joined.Goals!, new GoalText(Ids[19], GoalKind.Learning, null, City, "Nytt")] }));
    }

    [Fact]
    public void A_version_from_before_goals_were_fixed_is_one_without()
    {
        var old = InForce with { Goals = null, Activities = null, Bodies = null, Attachments = null };
        var now = InForce with { Goals = [], Activities = [], Bodies = [], Attachments = [] };
        Assert.Null(Beyond(ChangeKind.Renewal, null, old, now.Until(new DateOnly(2030, 12, 31))));
        Assert.Equal("goals",
            Beyond(ChangeKind.Renewal, null, old, (now with { Goals = InForce.Goals }).Until(new DateOnly(2030, 12, 31))));
    }

    private static string? Beyond(ChangeKind kind, Guid? party, AgreementText before, AgreementText after)
    {
        var refusal = ChangeScope.Beyond(kind, party is { } id ? new PartyId(id) : null, before, after);
        if (refusal is null) return null;
        Assert.Equal("life.beyond-the-change", refusal.Code);
        return refusal.Arguments["what"]?.ToString();
    }

    /// <summary>The newcomer with what it puts in, wants to learn and does.</summary>
    private static AgreementText Joined(AgreementText of) => of with
    {
        Parties = [.. of.Parties, Party(Newcomer, NewcomerItself, OrganisationKind.IdeaDriven)],
        Contributions = [.. of.Contributions, Competence],
        Goals = [.. of.Goals!, new GoalText(Ids[17], GoalKind.Learning, null, Newcomer, "Hur vi når fäder")],
        Activities =
        [
            .. of.Activities!,
            new ActivityText(Ids[18], "Sorgegrupper", null, NewcomerItself, "Ny förening", [Newcomer], null, null, null),
        ],
    };

    private static (Func<AgreementText, AgreementText>, string?[]) Frame(Func<Frame, Frame> how) =>
        (of => of with { Frame = how(of.Frame) }, ["frame", "frame", "frame", "frame"]);

    private static (Func<AgreementText, AgreementText>, string?[]) Goals(
        Func<IReadOnlyList<GoalText>, IReadOnlyList<GoalText>> how) =>
        (of => of with { Goals = [.. how(of.Goals!), .. of.Goals!.Skip(2)] }, ["goals", "goals", "goals", "goals"]);

    private static (Func<AgreementText, AgreementText>, string?[]) Activities(
        Func<IReadOnlyList<ActivityText>, IReadOnlyList<ActivityText>> how) =>
        (of => of with { Activities = [.. how(of.Activities!), .. of.Activities!.Skip(1)] },
            ["activities", "activities", "activities", "activities"]);

    private static (Func<AgreementText, AgreementText>, string?[]) Bodies(
        Func<IReadOnlyList<BodyText>, IReadOnlyList<BodyText>> how) =>
        (of => of with { Bodies = how(of.Bodies!) }, ["bodies", "bodies", "bodies", "bodies"]);

    private static (Func<AgreementText, AgreementText>, string?[]) Attachments(
        Func<IReadOnlyList<AttachmentText>, IReadOnlyList<AttachmentText>> how, string?[] beyond) =>
        (of => of with { Attachments = how(of.Attachments!) }, beyond);

    private static (Func<AgreementText, AgreementText>, string?[]) Section(string key, string text, string?[] beyond) =>
        (of => of.With(new Dictionary<string, string> { [key] = text }), beyond);

    private static AgreementText.PartyText Party(Guid id, Guid organisation, OrganisationKind kind) =>
        new(id, organisation, "8099990011", null, $"Part {kind}", kind, 2);
}
