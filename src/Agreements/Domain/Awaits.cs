using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>What an agreement waits for, and whose turn it is.</summary>
/// <param name="What">party, sections, contribution, answers, lawful-outcome, approval, opening, review, signature, redrafting or
/// start-date.</param>
/// <param name="Roles">Who can do it: any of these; none when only time can.</param>
/// <param name="Organisation">Whose people; null for any party's.</param>
/// <param name="Unit">The unit whose people, when the party is a unit.</param>
/// <param name="Count">How many are missing.</param>
/// <param name="Since">When the waiting began.</param>
public sealed record Await(string What, IReadOnlyList<string> Roles, OrganisationRef? Organisation, UnitRef? Unit, int Count,
    DateTimeOffset Since)
{
    /// <summary>Whether it is this person's turn, acting for an organisation (and perhaps a unit) in some roles.</summary>
    public bool IsFor(OrganisationRef organisation, UnitRef? unit, IReadOnlySet<string> roles) =>
        Roles.Any(roles.Contains)
        && (Organisation is null || Organisation == organisation)
        && (Unit is null || unit is null || Unit == unit);
}

/// <summary>Reads from an agreement as it stands what it waits for.</summary>
public static class Awaits
{
    private static readonly string[] Officers = [Roles.Officer];
    private static readonly string[] Assessors = [Roles.Officer, Roles.Legal];
    private static readonly string[] Lawyers = [Roles.Legal];
    private static readonly string[] Signatories = [Roles.Signatory];

    public static IReadOnlyList<Await> Of(Agreement agreement, IReadOnlyList<Party> parties, OpeningGate gate,
        IReadOnlyList<Signature> signatures, SigningCircle circle) =>
        agreement.Working switch
        {
            Working.Draft or Working.Assessment => [.. Drafting(agreement, parties, gate)],
            Working.OpenForSignature => [.. Signing(agreement, parties, signatures, circle)],
            Working.Signed => [new Await("start-date", [], null, null, 1, agreement.WorkingSince)],
            _ => [],
        };

    private static IEnumerable<Await> Drafting(Agreement agreement, IReadOnlyList<Party> parties, OpeningGate gate)
    {
        var since = agreement.WorkingSince;
        var absent = gate.InDraft.Count(missing => missing.What is "public-party" or "idea-driven-party");
        if (absent > 0) yield return new Await("party", Officers, null, null, absent, since);
        var sections = gate.InDraft.Count(missing => missing.What is "section");
        if (sections > 0) yield return new Await("sections", Officers, null, null, sections, since);
        foreach (var party in parties.Where(party =>
            gate.InDraft.Contains(new Missing("contribution", party.Id.Value.ToString()))))
            yield return new Await("contribution", Officers, party.Organisation, party.Unit, 1, since);
        if (!gate.Assessment.IsComplete)
        {
            yield return new Await("answers", Assessors, null, null, gate.Assessment.Unanswered.Count, since);
            yield break;
        }
        if (gate.Assessment.Outcome.Blocks())
        {
            yield return new Await("lawful-outcome", Assessors, null, null, 1, since);
            yield break;
        }
        if (gate.Assessment.AidRefusal is not null)
        {
            yield return new Await("aid-booking", Assessors, null, null, 1, since);
            yield break;
        }
        foreach (var organisation in gate.Approvals.Missing) yield return new Await("approval", Lawyers, organisation, null, 1,
            since);
        if (gate.Refusal is null) yield return new Await("opening", Officers, null, null, 1, since);
    }

    /// <summary>Only what can be done now: who comes later in the order is not waited for yet.</summary>
    private static IEnumerable<Await> Signing(Agreement agreement, IReadOnlyList<Party> parties,
        IReadOnlyList<Signature> signatures, SigningCircle circle)
    {
        var since = agreement.WorkingSince;
        if (circle.Declined is { } decline)
        {
            yield return new Await("redrafting", Officers, null, null, 1, decline.DeclinedAt);
            yield break;
        }
        foreach (var party in parties.Where(party => Signature.MissingFor(party, signatures) > 0))
        {
            var unread = circle.Unread(party, agreement.VersionHash ?? "");
            if (unread.Count > 0) yield return new Await("review", RolesOf(unread), party.Organisation, party.Unit, unread.Count,
                since);
            else if (circle.Before(party, parties, signatures).Count == 0)
                yield return new Await("signature", Signatories, party.Organisation, party.Unit,
                    Signature.MissingFor(party, signatures), since);
        }
    }

    // A named person may have any role.
    private static IReadOnlyList<string> RolesOf(IReadOnlyList<Reviewer> reviewers) =>
        reviewers.Any(reviewer => reviewer.Role is null)
            ? [.. Roles.All.Order(StringComparer.Ordinal)]
            : [.. reviewers.Select(reviewer => reviewer.Role!).Distinct(StringComparer.Ordinal)];
}
