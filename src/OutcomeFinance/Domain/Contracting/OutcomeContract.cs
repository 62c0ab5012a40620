using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Assessing;

namespace Iop.OutcomeFinance.Domain.Contracting;

internal enum ContractState
{
    Draft,
    OpenForSignature,
    Signed,
    Ended,
}

/// <summary>A social outcome contract (socialt utfallskontrakt): parties, periods and the terms that pay.</summary>
internal sealed partial class OutcomeContract
{
    public const int PartiesMax = 50;
    public const int PeriodsMax = 200;

    private readonly List<Party> _parties = [];
    private readonly List<ContractPeriod> _periods = [];
    private readonly List<PlannedInvestment> _investments = [];
    private readonly List<PublicCost> _costs = [];
    private readonly List<ContractAnswer> _answers = [];
    private readonly List<LegalApproval> _approvals = [];
    private readonly List<ContractSignature> _signatures = [];

    public required ContractId ContractId { get; init; }

    public required string Title { get; init; }

    public PartnershipRef? FinancesPartnership { get; init; }

    public string Terms { get; private set; } = "";

    public ContractState State { get; private set; }

    /// <summary>Of the version that is signed; null while it is a draft.</summary>
    public string? VersionHash { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Version { get; private set; } = 1;

    public IReadOnlyList<Party> Parties => _parties;

    /// <summary>All there have been, also those that an amendment has dropped.</summary>
    public IReadOnlyList<ContractPeriod> WrittenPeriods => _periods;

    /// <summary>Those that hold, in the order of the contract.</summary>
    public IReadOnlyList<ContractPeriod> Periods =>
        [.. _periods.Where(period => period.DroppedBy is null).OrderBy(period => period.Position)];

    /// <summary>When the funders pay in (investeringsplan).</summary>
    public IReadOnlyList<PlannedInvestment> Investments => _investments;

    /// <summary>The public costs that it finances (offentliga kostnader).</summary>
    public IReadOnlyList<PublicCost> PublicCosts => _costs;

    /// <summary>What the public parties have answered of its lawfulness.</summary>
    public IReadOnlyList<ContractAnswer> Answers => _answers;

    public IReadOnlyList<LegalApproval> Approvals => _approvals;

    public IReadOnlyList<ContractSignature> Signatures => _signatures;

    /// <summary>Those who sign: one signature for all roles of an organisation, or of a unit.</summary>
    public IEnumerable<Party> Signatories => _parties.Where(party => party.FromVersion == 1)
        .DistinctBy(party => (party.OrganisationId, party.UnitId));

    public IEnumerable<Party> SignaturesMissing => Signatories.Where(party => !HasSigned(party, VersionHash));

    /// <summary>Drafts a contract. Null, or why it cannot be.</summary>
    public static Refusal? Draft(OutcomeContract empty, IEnumerable<Party> parties, IEnumerable<ContractPeriod> periods,
        string terms, Actor by)
    {
        empty._parties.AddRange(parties);
        empty._periods.AddRange(periods);
        empty.Terms = terms;
        return empty._parties.Exists(party => !party.Verifies && party.IsActedForBy(by))
            ? Incoherent(empty._parties, empty._periods) : ContractRefusals.CallerIsNoParty;
    }

    /// <summary>Replaces the text of the terms. A text with errors may be saved in a draft, but not opened.</summary>
    public Refusal? Revise(string terms)
    {
        if (State is not ContractState.Draft) return ContractRefusals.NotADraft(State);
        Terms = terms;
        Version++;
        return null;
    }

    /// <summary>Replaces the plan of when the funders pay in.</summary>
    public Refusal? PlanInvestments(IEnumerable<PlannedInvestment> investments)
    {
        if (State is not ContractState.Draft) return ContractRefusals.NotADraft(State);
        var planned = investments.ToList();
        if (planned.Exists(one => !_parties.Exists(party => party.Id == one.PartyId && party.Role is PartyRole.Funder)))
            return ContractRefusals.NotAFunder;
        _investments.Clear();
        _investments.AddRange(planned);
        Version++;
        return null;
    }

    /// <summary>Replaces the public costs that it finances.</summary>
    public Refusal? StateCosts(IEnumerable<PublicCost> costs)
    {
        if (State is not ContractState.Draft) return ContractRefusals.NotADraft(State);
        _costs.Clear();
        _costs.AddRange(costs);
        Version++;
        return null;
    }

    /// <summary>Those who answer for its lawfulness, each for itself.</summary>
    public IEnumerable<Party> PublicParties => WorkingParties
        .Where(party => !party.Verifies && party.Kind is OrganisationKind.Public).DistinctBy(party => party.OrganisationId);

    public IEnumerable<ContractAnswer> AnswersOf(Guid organisation) => AnswersOf(organisation, WorkingNumber);

    public IEnumerable<ContractAnswer> AnswersOf(Guid organisation, int number) =>
        _answers.Where(answer => answer.OrganisationId == organisation && answer.Number == number);

    /// <summary>A public party's lawyer answers a question of law. It touches the party's own approval and no more.</summary>
    public Refusal? Answer(Question question, Reply reply, string reason, string? clause, Actor by, DateTimeOffset now)
    {
        if (!IsBeingDrafted) return ContractRefusals.NotADraft(State);
        if (!IsPublicParty(by)) return ContractRefusals.NotAPublicParty;
        var earlier = AnswersOf(by.Organisation).FirstOrDefault(one => one.QuestionId == question.Id);
        var answer = earlier ?? new ContractAnswer
        {
            ContractId = ContractId, Number = WorkingNumber, OrganisationId = by.Organisation, QuestionId = question.Id,
        };
        if (answer.Give(question, reply, reason, clause, by.Person, now) is { } refusal) return refusal;
        if (earlier is null) _answers.Add(answer);
        return null;
    }

    public IEnumerable<Party> ApprovalsMissing(string draftHash) => PublicParties
        .Where(party => !_approvals.Exists(one => one.OrganisationId == party.OrganisationId && Covers(one, draftHash)));

    /// <summary>An approval holds for exactly the draft and the answers that were approved.</summary>
    public bool Covers(LegalApproval approval, string draftHash) => approval.ApprovedHash == draftHash
        && (!IsBeingDrafted
            || (approval.Finding is not null && approval.AnswersVersion == AnswersVersion(approval.OrganisationId)));

    public long AnswersVersion(Guid organisation) => AnswersOf(organisation).Sum(answer => answer.Version);

    /// <summary>A lawyer of a public party approves the draft as it stands, and the party's own assessment of it.</summary>
    public Refusal? Approve(LegalApproval approval, Assessment assessment, string draftHash, Actor by)
    {
        if (!IsBeingDrafted) return ContractRefusals.NotADraft(State);
        if (!IsPublicParty(by)) return ContractRefusals.NotAPublicParty;
        if (!assessment.IsComplete) return ContractRefusals.AssessmentOpen(assessment.Unanswered.Count);
        if (assessment.Blocks) return ContractRefusals.AssessmentBlocks(assessment.Finding);
        if (!ApprovalsMissing(draftHash).Any(party => party.OrganisationId == by.Organisation))
            return ContractRefusals.AlreadyApproved;
        _approvals.Add(approval);
        Version++;
        return null;
    }

    /// <summary>Fixes the version that the parties sign.</summary>
    public Refusal? Open(TermsInForce? terms, string draftHash)
    {
        if (State is not ContractState.Draft) return ContractRefusals.NotADraft(State);
        if (terms is null) return ContractRefusals.TermsFaulty;
        if (Roster.RefusesNames(terms) is { } unknown) return unknown;
        if (ApprovalsMissing(draftHash).FirstOrDefault() is { } missing)
            return ContractRefusals.LegalApprovalMissing(missing.Name);
        (State, VersionHash) = (ContractState.OpenForSignature, draftHash);
        Version++;
        return null;
    }

    /// <summary>A party signs the open version.</summary>
    public Refusal? Sign(Func<Party, ContractSignature> sign, Actor by)
    {
        if (State is not ContractState.OpenForSignature) return ContractRefusals.NotOpen(State);
        var mine = Signatories.Where(party => party.IsActedForBy(by)).ToList();
        if (mine.Count == 0) return ContractRefusals.NotASignatory;
        if (mine.Find(party => !HasSigned(party, VersionHash)) is not { } party)
            return ContractRefusals.AlreadySigned(mine[0].Name);
        _signatures.Add(sign(party));
        if (!SignaturesMissing.Any()) State = ContractState.Signed;
        Version++;
        return null;
    }

    /// <summary>The last day of its last period.</summary>
    public DateOnly LastDay => Periods.Max(period => period.To);

    /// <summary>Ends it (avslutar): its periods have passed and nothing is left to pay.</summary>
    public Refusal? End(bool somethingIsOwed, Actor by, DateOnly today)
    {
        if (!_parties.Exists(party => party.Role is PartyRole.Payer or PartyRole.Funder && party.IsActedForBy(by)))
            return ContractRefusals.NotOneWhoEnds;
        if (State is not ContractState.Signed) return ContractRefusals.NotSigned(State);
        if (UnderWay is not null) return Amending.AmendmentRefusals.UnderWay;
        if (today <= LastDay) return Paying.PaymentRefusals.StillRunning(LastDay);
        if (somethingIsOwed) return ContractRefusals.SomethingIsOwed;
        State = ContractState.Ended;
        Version++;
        return null;
    }

    /// <summary>The parties, as the terms name them.</summary>
    public Roster Roster => Editions[^1].Roster;

    private bool IsPublicParty(Actor by) =>
        WorkingParties.Any(party => !party.Verifies && party.Kind is OrganisationKind.Public && party.IsActedForBy(by));

    private bool HasSigned(Party party, string? hash) => _signatures.Exists(signature => signature.VersionHash == hash
        && signature.OrganisationId == party.OrganisationId && signature.UnitId == party.UnitId);

    /// <summary>Null when these can be the parties and the periods of a contract.</summary>
    internal static Refusal? Incoherent(IReadOnlyList<Party> parties, IReadOnlyList<ContractPeriod> periods)
    {
        if (parties.Count(party => party.Role is PartyRole.Verifier) != 1) return ContractRefusals.OneVerifierWanted;
        var verifier = parties.Single(party => party.Role is PartyRole.Verifier);
        if (parties.Any(party => !party.Verifies && party.OrganisationId == verifier.OrganisationId))
            return ContractRefusals.VerifierIsAParty(verifier.Name);
        if (parties.All(party => party.Role is not PartyRole.Payer)) return ContractRefusals.PayerMissing;
        if (parties.All(party => party.Role is not PartyRole.Payee)) return ContractRefusals.PayeeMissing;
        var named = parties.Where(party => party.Alias is not null).GroupBy(party => (party.Alias, party.Role))
            .FirstOrDefault(group => group.Count() > 1);
        if (named is not null) return ContractRefusals.AliasTwice(named.Key.Alias!);
        if (periods.GroupBy(period => period.Key, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
            return ContractRefusals.PeriodTwice(twice.Key);
        return periods.FirstOrDefault(period => period.To < period.From) is { } backwards
            ? ContractRefusals.PeriodBackwards(backwards.Key) : null;
    }
}
