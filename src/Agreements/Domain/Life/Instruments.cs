using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

/// <summary>Which change may begin, and what the day of it is. Null, or why not.</summary>
public static class Instruments
{
    /// <summary>A new text, to be signed by all.</summary>
    public static Refusal? Renegotiate(Agreement agreement, DateOnly effectiveOn, DateOnly today) =>
        NotFree(agreement) ?? NotThatDay(agreement, effectiveOn, today);

    /// <summary>A party of the partnership joins the agreement.</summary>
    public static Refusal? Admit(Agreement agreement, IEnumerable<Party> parties, Party newcomer, DateOnly effectiveOn,
        DateOnly today)
    {
        if (NotFree(agreement) is { } refusal) return refusal;
        return parties.Any(party => party.Id == newcomer.Id)
            ? LifeRefusals.AlreadyInTheAgreement : NotThatDay(agreement, effectiveOn, today);
    }

    /// <summary>A later end, to be signed by all; it takes over on the day after the old one.</summary>
    public static Refusal? Renew(Agreement agreement, DateOnly endsOn)
    {
        if (NotFree(agreement) is { } refusal) return refusal;
        if (agreement.Term!.To is not { } to) return LifeRefusals.OpenEnded;
        return endsOn > to ? null : LifeRefusals.EndNotLater(to);
    }

    /// <summary>A body changes sections within the frame; only where the agreement lets it.</summary>
    public static Refusal? Adjust(Agreement agreement, IReadOnlyCollection<string> sections, BodyDecision decision,
        DateOnly effectiveOn, DateOnly today)
    {
        if (NotFree(agreement) is { } refusal) return refusal;
        if (agreement.AdjustedBy is not { } body) return LifeRefusals.NoBodyAdjusts;
        if (!string.Equals(body, decision.Body, StringComparison.OrdinalIgnoreCase)) return LifeRefusals.AnotherBody(body);
        var outside = sections.Except(agreement.AdjustedSections ?? [], StringComparer.Ordinal).FirstOrDefault();
        if (outside is not null) return LifeRefusals.SectionOutsideFrame(outside);
        if (decision.DecidedOn > today) return AgreementRefusals.DecidedLater;
        return NotThatDay(agreement, effectiveOn, today);
    }

    /// <summary>A party leaves, with the agreement's notice. The first day without it comes out.</summary>
    /// <param name="agreement">In force.</param>
    /// <param name="parties">Those in the text in force.</param>
    /// <param name="leaving">Who leaves.</param>
    /// <param name="alreadyLeaving">Those who have said so before.</param>
    /// <param name="today">The day it is said.</param>
    /// <param name="firstDayWithout">The day after the notice has run out.</param>
    public static Refusal? Leave(Agreement agreement, IReadOnlyCollection<Member> parties, PartyId leaving,
        IReadOnlyCollection<PartyId> alreadyLeaving, DateOnly today, out DateOnly firstDayWithout)
    {
        firstDayWithout = default;
        if (agreement.State is not AgreementState.InForce) return LifeRefusals.NotInForce(agreement.State);
        if (agreement.Term!.NoticeMonths is not { } months) return LifeRefusals.NoNoticeAgreed;
        if (alreadyLeaving.Contains(leaving)) return LifeRefusals.AlreadyLeaving;
        if (!Sides.AreBoth(parties.Where(party => party.Id != leaving && !alreadyLeaving.Contains(party.Id))
            .Select(party => party.Kind))) return LifeRefusals.SideWouldBeMissing;
        firstDayWithout = new NoticePeriod(months).EndsAfter(today).AddDays(1);
        return agreement.Term is { To: { } to, AutoRenews: false } && firstDayWithout > to ? LifeRefusals.EndsBefore(to) : null;
    }

    /// <summary>A party ends the agreement for all. The last day comes out.</summary>
    public static Refusal? GiveNotice(Agreement agreement, DateOnly today, out DateOnly lastDay)
    {
        lastDay = default;
        if (agreement.State is not AgreementState.InForce) return LifeRefusals.NotInForce(agreement.State);
        if (agreement.Term!.EndsAfterNotice(today) is not { } day) return LifeRefusals.NoNoticeAgreed;
        lastDay = day;
        return null;
    }

    public static Refusal? Rescind(Agreement agreement) =>
        agreement.State.Binds() ? null : LifeRefusals.NotInForce(agreement.State);

    /// <summary>Another day for the change under way.</summary>
    public static Refusal? NotThatDay(Agreement agreement, DateOnly effectiveOn, DateOnly today)
    {
        if (effectiveOn < today) return LifeRefusals.DayHasPassed;
        return agreement.Term is { To: { } to } term && !term.AutoRenews && effectiveOn > to.AddDays(1)
            ? LifeRefusals.EndsBefore(to) : null;
    }

    private static Refusal? NotFree(Agreement agreement)
    {
        if (agreement.State is not AgreementState.InForce) return LifeRefusals.NotInForce(agreement.State);
        return agreement.Working is Working.None ? null : LifeRefusals.ChangeUnderWay(agreement.ChangeKind);
    }
}

/// <summary>A party of a fixed text.</summary>
public sealed record Member(PartyId Id, OrganisationKind Kind);
