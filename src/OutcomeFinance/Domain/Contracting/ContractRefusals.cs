using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>Every way an outcome contract can say no.</summary>
internal static class ContractRefusals
{
    public static Refusal CallerIsNoParty { get; } = new("contract.caller-is-no-party");

    public static Refusal OneVerifierWanted { get; } = new("contract.one-verifier-wanted");

    public static Refusal PayerMissing { get; } = new("contract.payer-missing");

    public static Refusal PayeeMissing { get; } = new("contract.payee-missing");

    public static Refusal FunderMissing { get; } = new("contract.funder-missing");

    public static Refusal NotAFunder { get; } = new("contract.not-a-funder");

    public static Refusal TermsFaulty { get; } = new("contract.terms-faulty");

    public static Refusal NotAPublicParty { get; } = new("contract.not-a-public-party", RefusalKind.Forbidden);

    public static Refusal NotASignatory { get; } = new("contract.not-a-signatory", RefusalKind.Forbidden);

    public static Refusal AlwaysApplies { get; } = new("contract.question-always-applies");

    public static Refusal UnknownQuestion { get; } = new("contract.question-unknown", RefusalKind.NotFound);

    public static Refusal AlreadyApproved { get; } = new("contract.already-approved");

    public static Refusal OrganisationUnknown(Guid organisation) =>
        new Refusal("contract.organisation-unknown").With("organisationId", organisation);

    public static Refusal VerifierIsAParty(string name) => new Refusal("contract.verifier-is-a-party").With("name", name);

    public static Refusal AliasTwice(string alias) => new Refusal("contract.alias-twice").With("alias", alias);

    public static Refusal PeriodTwice(string key) => new Refusal("contract.period-twice").With("period", key);

    public static Refusal PeriodBackwards(string key) => new Refusal("contract.period-backwards").With("period", key);

    public static Refusal NotADraft(ContractState state) => new Refusal("contract.not-a-draft").With("state", state);

    public static Refusal NotOpen(ContractState state) => new Refusal("contract.not-open").With("state", state);

    public static Refusal AlreadySigned(string party) => new Refusal("contract.already-signed").With("party", party);

    public static Refusal LegalApprovalMissing(string party) =>
        new Refusal("contract.legal-approval-missing").With("party", party);

    public static Refusal AssessmentOpen(int questions) =>
        new Refusal("contract.assessment-open").With("questions", questions);

    public static Refusal AssessmentBlocks(Assessing.Finding finding) =>
        new Refusal("contract.assessment-blocks").With("finding", finding);

    public static Refusal PayerUnknown(string name) => new Refusal("contract.payer-unknown").With("name", name);

    public static Refusal PayeeUnknown(string name) => new Refusal("contract.payee-unknown").With("name", name);

    public static Refusal NotOneWhoEnds { get; } = new("contract.not-one-who-ends", RefusalKind.Forbidden);

    public static Refusal SomethingIsOwed { get; } = new("contract.something-is-owed");

    public static Refusal NotSigned(ContractState state) => new Refusal("contract.not-signed").With("state", state);
}
