using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;
using Iop.TestKit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.Notifications.Tests;

/// <summary>The inboxes, and facts as the other services say them.</summary>
public class NotificationsWorld(Servers servers) : ServiceHost<Program>(servers, "notifications")
{
    /// <summary>What a person of the organisation with one role sees: kinds, in order.</summary>
    public async Task<IReadOnlyList<string>> Inbox(Guid organisation, string role, Guid? unit = null) =>
        [.. (await Lines(organisation, role, unit)).Select(line => line.GetProperty("kind").GetString()!)];

    public async Task<IReadOnlyList<JsonElement>> Lines(Guid organisation, string role, Guid? unit = null) =>
        [.. (await As(Callers.OfUnit(organisation, unit, role)).Get("/notifications/v1/inbox")).Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray()];

    public Task<Guid> Named(Guid organisation, string name) => Tell(new OrganisationChanged
    {
        OrganisationId = organisation, Sequence = 1, Number = "8020000000", Name = name, Kind = "idea-driven", Units = [],
    });
}

/// <summary>Two parties on their way to an agreement.</summary>
public sealed record Story(NotificationsWorld World)
{
    public Guid Municipality { get; } = Guid.NewGuid();

    public Guid Unit { get; } = Guid.NewGuid();

    public Guid Association { get; } = Guid.NewGuid();

    public Guid Partnership { get; } = Guid.NewGuid();

    public Guid Agreement { get; } = Guid.NewGuid();

    private readonly Guid _municipalParty = Guid.NewGuid();
    private readonly Guid _associationsParty = Guid.NewGuid();

    public async Task<Story> Begun()
    {
        await World.Tell(Joined(_municipalParty, Municipality, Unit, 1));
        await World.Tell(Joined(_associationsParty, Association, null, 2));
        return this;
    }

    public AssessmentCompleted Completed(long sequence = 3) => new()
    {
        AgreementId = Agreement, Sequence = sequence, PartnershipId = Partnership, Title = "Kvinnojour", AssessedHash = "a",
        Approvers = [new() { OrganisationId = Municipality, UnitId = Unit }],
    };

    public AssessmentApproved Approved() => new()
    {
        AgreementId = Agreement, Sequence = 4, PartnershipId = Partnership, Title = "Kvinnojour", OrganisationId = Municipality,
        PersonId = Guid.NewGuid(), ApprovalsMissing = 0,
    };

    public AssessmentVoided Voided() => new()
    {
        AgreementId = Agreement, Sequence = 4, PartnershipId = Partnership, Title = "Kvinnojour", Organisations = [Municipality],
    };

    public AgreementOpenedForSignature Opened() => new()
    {
        AgreementId = Agreement, Sequence = 5, PartnershipId = Partnership, Title = "Kvinnojour", VersionHash = "b",
        Parties =
        [
            new() { PartyId = _municipalParty, OrganisationId = Municipality, UnitId = Unit, Name = "Kommunen", Kind = "public",
                RequiredSignatures = 1 },
            new() { PartyId = _associationsParty, OrganisationId = Association, Name = "Föreningen", Kind = "idea-driven",
                RequiredSignatures = 2 },
        ],
    };

    /// <summary>Opened, and no party waits for another.</summary>
    public async Task OpenedToAll()
    {
        await World.Tell(Opened());
        await World.Tell(OpenedTo(_municipalParty, Municipality, Unit));
        await World.Tell(OpenedToAssociation());
    }

    public SigningOpenedToParty OpenedToAssociation() => OpenedTo(_associationsParty, Association, null);

    public VersionReviewAsked ReviewAsked(Guid reviewer, Guid? person, string? role) => new()
    {
        AgreementId = Agreement, Sequence = 5, PartnershipId = Partnership, Title = "Kvinnojour", VersionHash = "b",
        Reviewers = [new() { ReviewerId = reviewer, OrganisationId = Association, PersonId = person, Role = role }],
    };

    public VersionReviewed Reviewed(Guid reviewer) => new()
    {
        AgreementId = Agreement, Sequence = 6, PartnershipId = Partnership, ReviewerId = reviewer,
        PartyId = _associationsParty, OrganisationId = Association, PersonId = Guid.NewGuid(),
    };

    public AgreementVersionDeclined DeclinedByAssociation() => new()
    {
        AgreementId = Agreement, Sequence = 7, PartnershipId = Partnership, Title = "Kvinnojour", VersionHash = "b",
        PartyId = _associationsParty, OrganisationId = Association, PersonId = Guid.NewGuid(), Reason = "Fel belopp.",
    };

    public AgreementRedrafted Redrafted() => new()
    {
        AgreementId = Agreement, Sequence = 8, PartnershipId = Partnership, Title = "Kvinnojour",
    };

    public AgreementSignatureGiven SignedByAssociation(int missing, Guid? person = null) => new()
    {
        AgreementId = Agreement, Sequence = 7 - missing, PartnershipId = Partnership, Title = "Kvinnojour",
        PartyId = _associationsParty,
        OrganisationId = Association, PersonId = person ?? Guid.NewGuid(), PartySignaturesMissing = missing,
    };

    public AgreementSigned Signed() => new()
    {
        AgreementId = Agreement, Sequence = 8, PartnershipId = Partnership, Title = "Kvinnojour", VersionHash = "b",
        StartsOn = new DateOnly(2026, 3, 3),
    };

    private SigningOpenedToParty OpenedTo(Guid party, Guid organisation, Guid? unit) => new()
    {
        AgreementId = Agreement, Sequence = 5, PartnershipId = Partnership, Title = "Kvinnojour", VersionHash = "b",
        PartyId = party, OrganisationId = organisation, UnitId = unit,
    };

    private PartyJoinedPartnership Joined(Guid party, Guid organisation, Guid? unit, long sequence) => new()
    {
        PartnershipId = Partnership, Sequence = sequence, PartnershipTitle = "Trygg i Enköping", PartyId = party,
        OrganisationId = organisation,
        UnitId = unit, Kind = "public",
    };
}

/// <summary>An outcome contract on its way from measurement to payment.</summary>
public sealed record OutcomeStory
{
    public Guid Contract { get; } = Guid.NewGuid();

    public Guid Payer { get; } = Guid.NewGuid();

    public Guid Payee { get; } = Guid.NewGuid();

    public Guid Verifier { get; } = Guid.NewGuid();

    public Guid Obligation { get; } = Guid.NewGuid();

    private const string Title = "Norrköping";

    public OutcomeContractOpenedForSignature Opened() => new()
    {
        ContractId = Contract, Sequence = 2, Title = Title, VersionHash = "c",
        Parties =
        [
            new() { OrganisationId = Payer, Name = "Kommunen", Role = "payer" },
            new() { OrganisationId = Payee, Name = "Bolaget", Role = "payee" },
            new() { OrganisationId = Verifier, Name = "Universitetet", Role = "verifier" },
        ],
    };

    public MeasurementReported Reported(Guid measurement) => new()
    {
        MeasurementId = measurement, Sequence = 1, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        VerifierOrganisationId = Verifier,
        ReporterOrganisationId = Payee,
    };

    public MeasurementReturned Returned(Guid measurement) => new()
    {
        MeasurementId = measurement, Sequence = 2, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        ReporterOrganisationId = Payee,
        Reason = "Underlag saknas",
    };

    public ObligationTriggered Triggered(long minor) => new()
    {
        ObligationId = Obligation, Sequence = 1, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        PayerOrganisationId = Payer,
        PayeeOrganisationId = Payee, AmountMinor = minor, Currency = "SEK",
    };

    public ObligationClaimed Claimed() => new()
    {
        ObligationId = Obligation, Sequence = 2, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        PayerOrganisationId = Payer,
        PayeeOrganisationId = Payee, AmountMinor = 540_000_000, Currency = "SEK",
    };

    public ObligationAttested Attested(int missing) => new()
    {
        ObligationId = Obligation, Sequence = 4 - missing, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        PayerOrganisationId = Payer,
        PayeeOrganisationId = Payee, AmountMinor = 540_000_000, Currency = "SEK", PersonId = Guid.NewGuid(),
        AttestationsMissing = missing,
    };

    public ObligationSettled Settled() => new()
    {
        ObligationId = Obligation, Sequence = 5, ContractId = Contract, ContractTitle = Title, PeriodKey = "2026H1",
        PayerOrganisationId = Payer,
        PayeeOrganisationId = Payee, AmountMinor = 540_000_000, Currency = "SEK",
    };
}
