using System.Text.Json;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements.Texts;

public sealed class PartTextTests
{
    private readonly Partnership _partnership = Some.Partnership();

    [Fact]
    public void The_order_of_rows_says_nothing()
    {
        var (region, association) =
            (Some.Party(_partnership, OrganisationKind.Public), Some.Party(_partnership, OrganisationKind.IdeaDriven));
        var agreement = Some.Agreement(_partnership);
        var goals = new List<Goal>();
        foreach (var text in new[] { "Trygghet", "Färre i kö", "Fler i arbete" })
        {
            Assert.Null(Goal.Set(new GoalId(Guid.NewGuid()), agreement, GoalKind.Overall, null, null, text, goals, out var goal));
            goals.Add(goal);
        }
        var activities = Enumerable.Range(1, 5).Select(number =>
        {
            Assert.Null(Activity.Plan(new ActivityId(Guid.NewGuid()), agreement, [region, association],
                Terms(region.Organisation, number % 2 == 0 ? [region.Id, association.Id] : [association.Id, region.Id]), 0,
                out var activity));
            return activity;
        }).ToList();
        var one = Text(agreement, [region, association], goals, activities);
        goals.Reverse();
        activities.Reverse();
        Assert.Equal(one, Text(agreement, [association, region], goals, activities));
    }

    [Theory]
    [InlineData(GoalKind.Overall, false, false, null)]
    [InlineData(GoalKind.Partial, true, false, null)]
    [InlineData(GoalKind.Learning, false, false, null)]
    [InlineData(GoalKind.Learning, false, true, null)]
    [InlineData(GoalKind.Overall, false, true, "goal.owned-jointly")]
    [InlineData(GoalKind.Partial, true, true, "goal.owned-jointly")]
    [InlineData(GoalKind.Partial, false, false, "goal.part-of-what")]
    [InlineData(GoalKind.Overall, true, false, "goal.part-of-what")]
    [InlineData(GoalKind.Learning, true, false, "goal.part-of-what")]
    public void Goals_are_owned_jointly_and_a_part_belongs_to_a_whole(GoalKind kind, bool isPart, bool ofAParty, string? code)
    {
        var agreement = Some.Agreement(_partnership);
        Assert.Null(Goal.Set(new GoalId(Guid.NewGuid()), agreement, GoalKind.Overall, null, null, "Trygghet", [], out var whole));
        Assert.Equal(code, Goal.Set(new GoalId(Guid.NewGuid()), agreement, kind, isPart ? whole.Id : null,
            ofAParty ? new PartyId(Guid.NewGuid()) : null, "Mål", [whole], out _)?.Code);
    }

    [Fact]
    public void One_legal_person_among_the_parties_that_take_part_books_the_cost()
    {
        var (region, association, church) = (Some.Party(_partnership, OrganisationKind.Public),
            Some.Party(_partnership, OrganisationKind.IdeaDriven), Some.Party(_partnership, OrganisationKind.IdeaDriven));
        var agreement = Some.Agreement(_partnership);
        Assert.Null(Plan(region.Organisation, [region.Id, association.Id]));
        Assert.Equal("activity.owner-takes-part", Plan(church.Organisation, [region.Id, association.Id]));
        Assert.Equal("activity.booked-by-a-party", Plan(new OrganisationRef(Guid.NewGuid()), [region.Id]));
        Assert.Equal("agreement.unknown-party", Plan(region.Organisation, [region.Id, new PartyId(Guid.NewGuid())]));
        Assert.Equal("activity.too-many", Activity.Plan(new ActivityId(Guid.NewGuid()), agreement, [region],
            Terms(region.Organisation, [region.Id]), Activity.PerAgreementMax, out _)?.Code);

        string? Plan(OrganisationRef owner, PartyId[] taking) => Activity.Plan(
            new ActivityId(Guid.NewGuid()), agreement, [region, association, church], Terms(owner, taking), 0, out _)?.Code;
    }

    [Fact]
    public void A_text_from_before_these_parts_is_still_read()
    {
        var agreement = Some.Agreement(_partnership);
        var now = JsonSerializer.Serialize(AgreementText.Of(agreement, [], _ => ("", ""), [], [], AgreedParts.None, _ => ""));
        var then = now.Replace(""","Goals":[],"Activities":[],"Bodies":[],"Attachments":[]""", "", StringComparison.Ordinal);
        Assert.NotEqual(now, then);
        var read = JsonSerializer.Deserialize<AgreementText>(then)!;
        Assert.Equal(agreement.Frame, read.Frame);
        Assert.Null(read.Attachments);
    }

    private static Activity.Terms Terms(OrganisationRef owner, IReadOnlyList<PartyId> taking) =>
        new("Samtalscenter", "Stöd till barn", owner, taking, new DateOnly(2026, 4, 1), null, "Barn från 4 år");

    private static string Text(Agreement agreement, IReadOnlyList<Party> parties, List<Goal> goals, List<Activity> activities) =>
        JsonSerializer.Serialize(AgreementText.Of(agreement, parties, _ => ("8099990011", "Namn"), [], [],
            new AgreedParts(goals, activities, [], []), _ => "Namn"));
}
