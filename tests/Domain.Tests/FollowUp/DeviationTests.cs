using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Deviations;
using Iop.FollowUp.Domain.Indicators;
using Iop.Kernel;

namespace Iop.Domain.Tests.FollowUp;

/// <summary>A deviation is raised, learnt from and decided once; a mistaken one is withdrawn by who raised it.</summary>
public sealed class DeviationTests
{
    private static readonly DateTimeOffset Now = SwedishTime.StartOf(new DateOnly(2026, 3, 2));
    private static readonly DateOnly Today = new(2026, 3, 2);
    private readonly Actor _raiser = new(Guid.NewGuid(), Guid.NewGuid(), null);
    private readonly Actor _other = new(Guid.NewGuid(), Guid.NewGuid(), null);

    [Theory]
    [InlineData("2026-03-02", 0, null)]
    [InlineData("2020-01-01", 999, null)]
    [InlineData("2026-03-03", 0, "deviation.not-yet-happened")]
    [InlineData("2026-03-02", 1000, "deviation.too-many")]
    public void It_is_raised_of_what_has_happened(string happened, int already, string? code) => Assert.Equal(code,
        Deviation.RefusesToBeRaised(Plan(), already, DateOnly.Parse(happened, null), Today)?.Code);

    [Fact]
    public void Nothing_is_raised_or_decided_once_the_agreement_has_ended_but_what_was_learnt_is_still_noted()
    {
        var (plan, deviation) = (Plan(), Raised());
        plan.Close(new DateOnly(2026, 2, 28));
        Assert.Equal("deviation.agreement-has-ended", Deviation.RefusesToBeRaised(plan, 0, Today, Today)?.Code);
        Assert.Equal("deviation.agreement-has-ended",
            deviation.Decide(plan, DeviationOutcome.Keep, "Skäl", _other, Now)?.Code);
        Assert.Null(deviation.Learn("Vi började för sent.", _other, Now));
    }

    [Fact]
    public void Each_party_adds_what_it_learnt()
    {
        var deviation = Raised();
        Assert.Null(deviation.Learn("Vi började för sent.", _raiser, Now));
        Assert.Null(deviation.Learn("Lokalen låg fel.", _other, Now));
        Assert.Equal([(1, _raiser.Organisation), (2, _other.Organisation)],
            deviation.Lessons.Select(lesson => (lesson.Number, lesson.ByOrganisation)));
        Assert.Equal(3, deviation.Version);
    }

    [Fact]
    public void Its_lessons_have_a_limit()
    {
        var deviation = Raised();
        for (var number = 0; number < Deviation.LessonsMax; number++) Assert.Null(deviation.Learn("x", _other, Now));
        Assert.Equal("deviation.too-many-lessons", deviation.Learn("x", _other, Now)?.Code);
        Assert.Equal(Deviation.LessonsMax, deviation.Lessons.Count);
    }

    [Fact]
    public void What_is_decided_is_never_changed()
    {
        var (plan, deviation) = (Plan(), Raised());
        Assert.Null(deviation.Decide(plan, DeviationOutcome.AdjustPlan, "Färre grupper.", _other, Now));
        var version = deviation.Version;
        Assert.Equal("deviation.already-decided", deviation.Decide(plan, DeviationOutcome.Keep, "Nej", _raiser, Now)?.Code);
        Assert.Equal("deviation.already-decided", deviation.Learn("Sent", _other, Now)?.Code);
        Assert.Equal("deviation.already-decided", deviation.Withdraw("Fel", _raiser, Now)?.Code);
        Assert.Equal((DeviationState.Decided, (DeviationOutcome?)DeviationOutcome.AdjustPlan, "Färre grupper.",
            (Guid?)_other.Person, version), (deviation.State, deviation.Outcome, deviation.Reason, deviation.ClosedByPerson,
            deviation.Version));
    }

    [Fact]
    public void Only_who_raised_it_withdraws_it_and_then_it_is_over()
    {
        var deviation = Raised();
        Assert.Equal("deviation.raised-by-another", deviation.Withdraw("Fel", _other, Now)?.Code);
        Assert.Equal(DeviationState.Raised, deviation.State);
        Assert.Null(deviation.Withdraw("Fel grupp räknades.", _raiser with { Person = Guid.NewGuid() }, Now));
        Assert.Equal("deviation.already-withdrawn", deviation.Withdraw("Igen", _raiser, Now)?.Code);
        Assert.Equal("deviation.already-withdrawn",
            deviation.Decide(Plan(), DeviationOutcome.Keep, "Skäl", _other, Now)?.Code);
        Assert.Null(deviation.Outcome);
    }

    [Theory]
    [InlineData("Ring 070-123 45 67", true)]
    [InlineData("anna@example.com vet mer", true)]
    [InlineData("Flickan 20120304-1234 kom inte", true)]
    [InlineData("120304 1234", true)]
    [InlineData("Samordningsnummer 701063-2391", true)]
    [InlineData("Onsdag 2026-03-04 kl. 10-12, 14 familjer", false)]
    [InlineData("Diarienummer KS 2026/00123, 1 200 000 kr", false)]
    [InlineData("Flickan 120304–1234 kom inte", true)] // a dash that is no hyphen
    [InlineData("Ring 070–123 45 67", true)]
    [InlineData("Möte 20260115 1400", false)] // a day and a time of day
    [InlineData("Kim 20260115 1406", true)] // the last digit checks the others
    [InlineData("Kim 20260115 2460", true)] // no time of day
    [InlineData("Kim 20260115-1400", true)]
    [InlineData(null, false)]
    public void Free_text_points_out_nobody(string? text, bool found) => Assert.Equal(found, FreeText.PointsOutAPerson(text));

    private static Plan Plan() => Iop.FollowUp.Domain.Indicators.Plan.For(new PlanId(Guid.NewGuid()),
        new PartnershipRef(Guid.NewGuid()), new AgreementRef(Guid.NewGuid()), "Vårsol",
        new Period(new DateOnly(2026, 1, 1), null));

    private Deviation Raised() => new()
    {
        Id = new DeviationId(Guid.NewGuid()), Plan = new PlanId(Guid.NewGuid()), Partnership = new PartnershipRef(Guid.NewGuid()),
        Title = "Färre barn än väntat", WhatHappened = "Sex barn kom, vi hade planerat för tjugo.", HappenedOn = Today,
        RaisedByPerson = _raiser.Person, RaisedByOrganisation = _raiser.Organisation, RaisedAt = Now,
    };
}
