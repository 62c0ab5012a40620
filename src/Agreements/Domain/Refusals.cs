using Iop.Agreements.Domain.Assessing;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>Every way a partnership can say no.</summary>
public static class PartnershipRefusals
{
    public static Refusal AlreadyAParty(PartyId party) => new Refusal("partnership.already-a-party")
        .With("existingId", party.Value);

    public static Refusal WholeAndUnit { get; } = new("partnership.whole-and-unit");

    public static Refusal TooManyParties { get; } = new Refusal("partnership.too-many-parties")
        .With("limit", Partnership.PartiesMax);

    public static Refusal UnknownOrganisation { get; } = new("partnership.unknown-organisation");

    public static Refusal NotAParty { get; } = new("partnership.not-a-party", RefusalKind.Forbidden);
}

/// <summary>Every way an agreement can say no.</summary>
public static class AgreementRefusals
{
    public static Refusal NotNow(AgreementState state, AgreementAct act) =>
        new Refusal("agreement.not-now").With("state", state).With("act", act);

    public static Refusal NotDrafted(AgreementState state) => new Refusal("agreement.not-a-draft").With("state", state);

    public static Refusal SectionRequired(string key) => new Refusal("agreement.section-required").With("section", key);

    public static Refusal Incomplete(int missing) => new Refusal("agreement.incomplete").With("count", missing);

    public static Refusal AssessmentOpen(int unanswered) => new Refusal("assessment.open").With("count", unanswered);

    public static Refusal AssessmentBlocks(Outcome outcome) => new Refusal("assessment.blocks").With("outcome", outcome);

    public static Refusal NotApproved(int missing) => new Refusal("assessment.not-approved").With("count", missing);

    public static Refusal ApprovalVoided(int missing) => new Refusal("assessment.approval-voided").With("count", missing);

    public static Refusal AlreadyApproved { get; } = new("assessment.already-approved");

    public static Refusal OnlyPublicPartiesApprove { get; } =
        new("assessment.only-public-parties-approve", RefusalKind.Forbidden);

    public static Refusal UnknownQuestion { get; } = new("assessment.unknown-question", RefusalKind.NotFound);

    public static Refusal AlwaysApplies { get; } = new("assessment.always-applies");

    public static Refusal NotOpenForSignature(AgreementState state) => new Refusal("agreement.not-open-for-signature")
        .With("state", state);

    public static Refusal AlreadySigned(string party) => new Refusal("agreement.already-signed").With("party", party);

    public static Refusal PartyHasSigned(string party) => new Refusal("agreement.party-has-signed").With("party", party);

    public static Refusal DecidedLater { get; } = new("mandate.decided-later");

    public static Refusal TooManyContributions { get; } = new Refusal("agreement.too-many-contributions")
        .With("limit", Contribution.PerAgreementMax);

    public static Refusal UnknownParty { get; } = new("agreement.unknown-party");

    public static Refusal HoursOnlyForWork { get; } = new("contribution.hours-only-for-work");
}
