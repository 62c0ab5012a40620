using Iop.Kernel;

namespace Iop.Agreements.Domain.Advising;

/// <summary>Every way an instrument can say no. It never says no to an agreement.</summary>
public static class InstrumentRefusals
{
    public static Refusal Unknown { get; } = new("instrument.unknown", RefusalKind.NotFound);

    public static Refusal UnknownQuestion { get; } = new("instrument.unknown-question", RefusalKind.NotFound);

    public static Refusal UnknownMatter { get; } = new("instrument.unknown-matter");

    public static Refusal NotYourParty { get; } = new("instrument.not-your-party", RefusalKind.Forbidden);

    public static Refusal NoMattersOfYourOwn { get; } = new("instrument.no-matters-of-your-own");

    public static Refusal TooManyMatters { get; } = new Refusal("instrument.too-many-matters")
        .With("limit", Matter.PerInstrumentMax);

    public static Refusal UnknownRelation { get; } = new("relation.unknown", RefusalKind.NotFound);

    public static Refusal RelationRemoved { get; } = new("relation.removed-already");

    public static Refusal WithItself { get; } = new("relation.with-itself");

    public static Refusal TooManyRelations { get; } = new Refusal("relation.too-many").With("limit", Relation.PerPartnershipMax);
}
