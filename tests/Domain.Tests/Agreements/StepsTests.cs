using Iop.Agreements.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>The seven steps: what is missing for the next, and who can do it.</summary>
public sealed class StepsTests
{
    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>(StringComparer.Ordinal);
    private static readonly IReadOnlySet<string> InAll = Steps.Keys.ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void There_are_seven_and_the_first_asks_for_company_talk_choice_and_the_target_group()
    {
        var steps = Steps.Of(null, null, [], new Preparation(1, false, false, Nobody, false));
        Assert.Equal(["challenge", "goals", "interventions", "roles", "agreement", "follow-up", "evaluation"],
            steps.Select(step => step.Key));
        Assert.Equal(StepState.Current, steps[0].State);
        Assert.Equal(["section", "section", "section", "party", "dialogue", "partner-choice", "participation"],
            steps[0].Missing.Select(missing => missing.What));
        Assert.Contains(Roles.Officer, steps[0].Roles);
    }

    [Theory]
    //          talked  chosen  involved  light   the first step is
    [InlineData(true, true, true, false, StepState.Done)]
    [InlineData(false, true, true, false, StepState.Current)]
    [InlineData(true, false, true, false, StepState.Current)]
    [InlineData(true, true, false, false, StepState.Current)]
    [InlineData(false, false, false, true, StepState.Done)] // the light track: advice only
    public void In_the_light_track_what_surrounds_the_text_is_advice(
        bool talked, bool chosen, bool involved, bool light, StepState expected)
    {
        var (agreement, gate) = Drafted(answered: true);
        var steps = Steps.Of(agreement, gate, [], new Preparation(2, talked, chosen, involved ? InAll : Nobody, light));
        Assert.Equal(expected, steps[0].State);
        Assert.All(steps[0].Missing, missing => Assert.Equal(light, missing.IsAdvice));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_law_is_asked_for_on_either_track(bool light)
    {
        var (agreement, gate) = Drafted(answered: false);
        var steps = Steps.Of(agreement, gate, [], new Preparation(2, true, true, InAll, light));
        var law = steps.Single(step => step.Key == "agreement");
        Assert.NotEqual(StepState.Done, law.State);
        Assert.Contains(law.Missing, missing => missing is { What: "answer", IsAdvice: false });
        Assert.Contains(Roles.Legal, law.Roles);
    }

    private static (Agreement Agreement, OpeningGate Gate) Drafted(bool answered)
    {
        var partnership = Some.Partnership();
        Party[] parties = [Some.Party(partnership, OrganisationKind.Public),
            Some.Party(partnership, OrganisationKind.IdeaDriven)];
        var agreement = Some.Agreement(partnership);
        return (agreement, Some.Gate(parties, agreement, answered ? null : [], approved: answered));
    }
}
