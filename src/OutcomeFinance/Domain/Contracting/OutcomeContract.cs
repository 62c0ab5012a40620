using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Contracting;

internal enum ContractState
{
    Draft,
    OpenForSignature,
    Signed,
    Ended,
}

/// <summary>A social outcome contract (socialt utfallskontrakt): parties, periods and the terms that pay.</summary>
internal sealed class OutcomeContract
{
    public const int PartiesMax = 50;
    public const int PeriodsMax = 200;

    private readonly List<Party> _parties = [];
    private readonly List<ContractPeriod> _periods = [];
    private readonly List<PlannedInvestment> _investments = [];
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

    public IReadOnlyList<ContractPeriod> Periods => _periods;

    /// <summary>When the funders pay in (investeringsplan).</summary>
    public IReadOnlyList<PlannedInvestment> Investments => _investments;

    public IReadOnlyList<LegalApproval> Approvals => _approvals;

    public IReadOnlyList<ContractSignature> Signatures => _signatures;

    /// <summary>Those who sign: one signature for all roles of an organisation, or of a unit.</summary>
    public IEnumerable<Party> Signatories => _parties.DistinctBy(party => (party.OrganisationId, party.UnitId));

    public IEnumerable<Party> SignaturesMissing => Signatories.Where(party => !HasSigned(party));

    /// <summary>Drafts a contract. Null, or why it cannot be.</summary>
    public static Refusal? Draft(OutcomeContract empty, IEnumerable<Party> parties, IEnumerable<ContractPeriod> periods,
        string terms, Actor by)
    {
        empty._parties.AddRange(parties);
        empty._periods.AddRange(periods);
        empty.Terms = terms;
        return empty.Incoherent(by);
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

    public IEnumerable<Party> ApprovalsMissing(string draftHash) => _parties
        .Where(party => !party.Verifies && party.Kind is OrganisationKind.Public).DistinctBy(party => party.OrganisationId)
        .Where(party => !_approvals.Exists(
            approval => approval.OrganisationId == party.OrganisationId && approval.ApprovedHash == draftHash));

    /// <summary>A lawyer of a public party approves the draft as it stands.</summary>
    public Refusal? Approve(LegalApproval approval, string draftHash, Actor by)
    {
        if (State is not ContractState.Draft) return ContractRefusals.NotADraft(State);
        if (!_parties.Exists(party => !party.Verifies && party.Kind is OrganisationKind.Public && party.IsActedForBy(by)))
            return ContractRefusals.NotAPublicParty;
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
        if (RefusesNames(terms) is { } unknown) return unknown;
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
        if (mine.Find(party => !HasSigned(party)) is not { } party) return ContractRefusals.AlreadySigned(mine[0].Name);
        _signatures.Add(sign(party));
        if (!SignaturesMissing.Any()) State = ContractState.Signed;
        Version++;
        return null;
    }

    /// <summary>The last day of its last period.</summary>
    public DateOnly LastDay => _periods.Max(period => period.To);

    /// <summary>Ends it (avslutar): its periods have passed and nothing is left to pay.</summary>
    public Refusal? End(bool somethingIsOwed, Actor by, DateOnly today)
    {
        if (!_parties.Exists(party => party.Role is PartyRole.Payer or PartyRole.Funder && party.IsActedForBy(by)))
            return ContractRefusals.NotOneWhoEnds;
        if (State is not ContractState.Signed) return ContractRefusals.NotSigned(State);
        if (today <= LastDay) return Paying.PaymentRefusals.StillRunning(LastDay);
        if (somethingIsOwed) return ContractRefusals.SomethingIsOwed;
        State = ContractState.Ended;
        Version++;
        return null;
    }

    /// <summary>Null when every name that the terms pay by or to is a party's.</summary>
    public Refusal? RefusesNames(TermsInForce terms)
    {
        foreach (var name in terms.Payers)
        {
            if (PayerCalled(terms, name) is null) return ContractRefusals.PayerUnknown(name);
        }
        foreach (var name in terms.Payees)
        {
            if (PayeeCalled(terms, name) is null) return ContractRefusals.PayeeUnknown(name);
        }
        foreach (var name in terms.Others)
        {
            if (PartyCalled(terms, name) is null) return ContractRefusals.PayeeUnknown(name);
        }
        return terms.CountsInvestment && Only(PartyRole.Funder) is null ? ContractRefusals.FunderMissing : null;
    }

    /// <summary>Who pays, by the name in the terms; where they declare no payer, the only one there is.</summary>
    public Party? PayerCalled(TermsInForce terms, string name) =>
        Called(name, PartyRole.Payer) ?? (terms.DeclaresPayers ? null : Only(PartyRole.Payer));

    /// <summary>Who is paid, by the name in the terms. What is paid to no name goes to the contract's only payee.</summary>
    public Party? PayeeCalled(TermsInForce terms, string name) => Called(name, PartyRole.Payee)
        ?? (name == terms.FunderName ? Only(PartyRole.Payee) ?? Only(PartyRole.Funder) : Called(name, PartyRole.Provider)
            ?? Called(name, PartyRole.Funder));

    /// <summary>Who stands for a guarantee or a tranche beside the payout.</summary>
    public Party? PartyCalled(TermsInForce terms, string name) =>
        _parties.Find(party => !party.Verifies && party.IsCalled(name))
            ?? (name == terms.FunderName ? Only(PartyRole.Funder) : null);

    private Party? Called(string name, PartyRole role) => _parties.Find(party => party.Role == role && party.IsCalled(name));

    private Party? Only(PartyRole role) => _parties.Where(party => party.Role == role).ToList() is [var only] ? only : null;

    private bool HasSigned(Party party) =>
        _signatures.Exists(signature => signature.OrganisationId == party.OrganisationId && signature.UnitId == party.UnitId);

    private Refusal? Incoherent(Actor by)
    {
        if (!_parties.Exists(party => !party.Verifies && party.IsActedForBy(by))) return ContractRefusals.CallerIsNoParty;
        if (_parties.Count(party => party.Role is PartyRole.Verifier) != 1) return ContractRefusals.OneVerifierWanted;
        var verifier = _parties.Single(party => party.Role is PartyRole.Verifier);
        if (_parties.Exists(party => !party.Verifies && party.OrganisationId == verifier.OrganisationId))
            return ContractRefusals.VerifierIsAParty(verifier.Name);
        if (!_parties.Exists(party => party.Role is PartyRole.Payer)) return ContractRefusals.PayerMissing;
        if (!_parties.Exists(party => party.Role is PartyRole.Payee)) return ContractRefusals.PayeeMissing;
        var named = _parties.Where(party => party.Alias is not null).GroupBy(party => (party.Alias, party.Role))
            .FirstOrDefault(group => group.Count() > 1);
        if (named is not null) return ContractRefusals.AliasTwice(named.Key.Alias!);
        if (_periods.GroupBy(period => period.Key, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
            return ContractRefusals.PeriodTwice(twice.Key);
        return _periods.Find(period => period.To < period.From) is { } backwards
            ? ContractRefusals.PeriodBackwards(backwards.Key) : null;
    }
}

/// <summary>What a faultless text of terms says of parties.</summary>
/// <param name="Payers">Names of payers.</param>
/// <param name="Payees">Names of payees.</param>
/// <param name="Others">Names of those who give or take guarantees and tranches beside the payout.</param>
/// <param name="FunderName">What it calls the funder; also who is paid where it does not say.</param>
/// <param name="DeclaresPayers">Else the contract's only payer pays.</param>
/// <param name="CountsInvestment">It counts what the funder has put in.</param>
internal sealed record TermsInForce(
    IReadOnlyList<string> Payers, IReadOnlyList<string> Payees, IReadOnlyList<string> Others, string FunderName,
    bool DeclaresPayers, bool CountsInvestment);
