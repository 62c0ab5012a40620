using System.Text.Json;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;
using Iop.Web.Terms;

namespace Iop.Web.Contracts;

/// <summary>Outcome contracts and what they pay, as the pages use them.</summary>
internal sealed class ContractsApi(GatewayCalls gateway)
{
    private const string Root = "/outcome-finance/v1";

    public Task<Answer<Listing<ContractInList>>> Mine(CancellationToken cancel) =>
        gateway.Get<Listing<ContractInList>>($"{Root}/contracts?limit=100", cancel);

    public Task<Answer<Contract>> Show(Guid id, CancellationToken cancel) =>
        gateway.Get<Contract>($"{Root}/contracts/{id}", cancel);

    public Task<Answer<Created>> Draft(object contract, string? key, CancellationToken cancel) =>
        gateway.Create<Created>($"{Root}/contracts", contract, key, cancel);

    public Task<Answer<Contract>> StateCosts(Guid id, IReadOnlyList<object> costs, string? tag, CancellationToken cancel) =>
        gateway.Act<Contract>(HttpMethod.Put, $"{Root}/contracts/{id}/public-costs", new { costs }, tag, null, cancel);

    public Task<Answer<ContractAssessment>> Assessment(Guid id, CancellationToken cancel) =>
        gateway.Get<ContractAssessment>($"{Root}/contracts/{id}/assessment", cancel);

    public Task<Answer<ContractAssessment>> AnswerQuestion(
        Guid id, string question, object answer, string? tag, CancellationToken cancel) =>
        gateway.Act<ContractAssessment>(
            HttpMethod.Put, $"{Root}/contracts/{id}/assessment/answers/{question}", answer, tag, null, cancel);

    public Task<Answer<Amendment>> Amendment(Guid id, int number, CancellationToken cancel) =>
        gateway.Get<Amendment>($"{Root}/contracts/{id}/amendments/{number}", cancel);

    public Task<Answer<Amendment>> DraftAmendment(Guid id, object amendment, string? key, CancellationToken cancel) =>
        gateway.Create<Amendment>($"{Root}/contracts/{id}/amendments", amendment, key, cancel);

    public Task<Answer<Amendment>> RewriteAmendment(
        Guid id, int number, object amendment, string? tag, CancellationToken cancel) => gateway.Act<Amendment>(
            HttpMethod.Put, $"{Root}/contracts/{id}/amendments/{number}", amendment, tag, null, cancel);

    public Task<Answer<ResultLevels>> Levels(Guid id, CancellationToken cancel) =>
        gateway.Get<ResultLevels>($"{Root}/contracts/{id}/levels", cancel);

    public Task<Answer<Contract>> SaveTerms(Guid id, string text, string? tag, CancellationToken cancel) =>
        gateway.Act<Contract>(HttpMethod.Put, $"{Root}/contracts/{id}/terms", new { text }, tag, null, cancel);

    /// <summary>Legal approval, opening, signing: acts on what was seen.</summary>
    public Task<Answer<object>> Do(Guid id, string act, object body, string? tag, string? key, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/contracts/{id}/{act}", body, tag, key, cancel);

    public Task<Answer<Listing<Obligation>>> Obligations(Guid? contract, CancellationToken cancel) =>
        gateway.Get<Listing<Obligation>>(
            $"{Root}/obligations?limit=100{(contract is null ? "" : "&contractId=" + contract)}", cancel);

    public Task<Answer<Obligation>> Obligation(Guid id, CancellationToken cancel) =>
        gateway.Get<Obligation>($"{Root}/obligations/{id}", cancel);

    public Task<Answer<Obligation>> DoWith(
        Guid obligation, string act, object body, string? tag, string? key, CancellationToken cancel) =>
        gateway.Act<Obligation>(HttpMethod.Post, $"{Root}/obligations/{obligation}/{act}", body, tag, key, cancel);

    public Task<Answer<PaymentDerivation>> Derivation(Guid id, string period, CancellationToken cancel) =>
        gateway.Get<PaymentDerivation>($"{Root}/contracts/{id}/periods/{Uri.EscapeDataString(period)}/derivation", cancel);

    public Task<Answer<Listing<Transfer>>> Ledger(Guid id, CancellationToken cancel) =>
        gateway.Get<Listing<Transfer>>($"{Root}/contracts/{id}/ledger?limit=100", cancel);
}

public sealed record ContractInList(
    Guid Id, string Title, string State, IReadOnlyList<ContractParty>? Parties, IReadOnlyList<Awaited>? Awaits);

public sealed record Contract(
    Guid Id, string Title, string State, Guid? PartnershipId, string? Currency, IReadOnlyList<ContractParty>? Parties,
    IReadOnlyList<ContractPeriod>? Periods,
    string? Terms, TermsCheck? Check, IReadOnlyList<LegalApproval>? LegalApprovals, IReadOnlyList<ContractSignature>? Signatures,
    string? VersionHash,
    IReadOnlyList<Awaited>? Awaits, Totals? Totals, IReadOnlyList<PlannedInvestment>? Investments = null,
    IReadOnlyList<PublicCost>? PublicCosts = null, string? PublicCostsTotal = null,
    IReadOnlyList<AmendmentInList>? Amendments = null, DateOnly? GuestUntil = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => GuestUntil is { } until ? new ReadAsGuest(until) : null;
}

/// <summary>A funder pays in so much on a day.</summary>
public sealed record PlannedInvestment(Guid PartyId, string? Name, DateOnly On, string Amount, string Currency);

public sealed record ContractParty(
    Guid? Id, Guid OrganisationId, string? Name, string Role, string? Alias, Guid? UnitId = null);

public sealed record ContractPeriod(
    string Key, DateOnly From, DateOnly To, bool Final, string? Due, bool? Complete, string? DerivationUrl);

public sealed record LegalApproval(
    string? OrganisationName, string? PersonName, DateTimeOffset At, string? Reason, bool CoversThisDraft);

public sealed record ContractSignature(
    Guid OrganisationId, string? PartyName, string? PersonName, DateTimeOffset At, Mandate? Mandate);

public sealed record Totals(
    string Currency, string? Due, string? Triggered, string? Claimed, string? Attested, string? Settled, string? Disputed,
    string? Planned);

public sealed record Obligation(
    Guid Id, Guid ContractId, string? ContractTitle, string PeriodKey, OrganisationName? Payer, OrganisationName? Payee,
    string Amount, string Currency, string State,
    bool Adjustment, string? Reference, string? DisputeReason, string? DisputeOutcome, IReadOnlyList<Attestation>? Attestations,
    int AttestationsMissing,
    DateTimeOffset? Since, DateTimeOffset? SettledAt, bool Mine, InvoiceOfClaim? Invoice);

public sealed record InvoiceOfClaim(string Number, string Kind, DateOnly IssuedOn, DateOnly DueOn, string? Account, string Url);

public sealed record OrganisationName(Guid OrganisationId, string? Name);

public sealed record Attestation(Guid PersonId, string? PersonName, DateTimeOffset At);

public sealed record PaymentDerivation(
    string PeriodKey, string Currency, bool Complete, string Due, string Booked, string Payment,
    IReadOnlyList<FollowUp.Figure>? Figures,
    IReadOnlyList<WaitingRow>? Waiting, JsonElement? Steps, DerivedTotal? Total, IReadOnlyList<DerivedPart>? Parts,
    Guid? MeasurementId, int? Revision,
    DateTimeOffset? VerifiedAt, string? VerifierName, string? VerifierPersonName, string Terms,
    string? EvidenceHash = null);

public sealed record WaitingRow(string Name, string Reason);

/// <summary>On everything so far: before the cut, after it, and what rounding made of it.</summary>
public sealed record DerivedTotal(string Gross, string Total, string Rounding);

public sealed record DerivedPart(string Payer, string Payee, string Amount, Guid ObligationId, string State, bool Adjustment);

public sealed record Transfer(
    DateTimeOffset At, string Kind, string DebitName, string CreditName, string Amount, string Currency, string? PeriodKey,
    Guid? ObligationId);
