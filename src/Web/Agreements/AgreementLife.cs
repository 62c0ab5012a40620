using Iop.Web.Gateway;
using Iop.Web.Partnerships;

namespace Iop.Web.Agreements;

internal sealed partial class AgreementsApi
{
    public Task<Answer<AgreementLife>> Life(Guid id, CancellationToken cancel) =>
        gateway.Get<AgreementLife>($"{Root}/{id}/life", cancel);
}

/// <summary>Versions and what changed them, the term, the days ahead, talks, and what can be done.</summary>
public sealed record AgreementLife(
    Guid Id, Guid PartnershipId, string Title, string State, string Working, LifeTerm? Term, LifeChange? Change,
    IReadOnlyList<LifeChange>? Changes, IReadOnlyList<LifeVersion>? Versions, IReadOnlyList<LifeDate>? Dates,
    IReadOnlyList<LifeTalk>? Talks, IReadOnlyList<LifeEnding>? Endings, IReadOnlyList<LifeAct>? Acts, string? AdjustedBy,
    IReadOnlyList<string>? AdjustedSections, IReadOnlyList<Party>? Parties, IReadOnlyList<Party>? Others)
{
    public LifeAct? Act(string act) => Acts?.FirstOrDefault(one => one.Act == act);
}

public sealed record LifeTerm(
    DateOnly From, DateOnly? To, bool AutoRenews, int? NoticeMonths, int RenewalMonths, DateOnly? LastDateOfNotice);

public sealed record LifeChange(
    Guid Id, string Kind, string State, string? Reason, string? OrganisationName, DateTimeOffset BegunAt, DateOnly? EffectiveOn,
    string? PartyName, string? Body, DateOnly? DecidedOn, string? Paragraph, string? AbandonedBecause, string? VersionHash,
    bool WithoutTalk, bool AssessmentTooOld);

public sealed record LifeVersion(
    int Number, string Hash, string Kind, string BindsBy, DateTimeOffset OpenedAt, DateOnly? InForceFrom, DateOnly? InForceTo);

public sealed record LifeDate(string What, DateOnly On);

public sealed record LifeTalk(
    Guid Id, DateOnly On, DateOnly? BeforeDate, string? OrganisationName, string State, DateOnly? HeldOn, string? Outcome,
    string? Note);

public sealed record LifeEnding(
    string Kind, string PartyName, string Reason, string? Ground, string? Clause, DateTimeOffset GivenAt, DateOnly LastDay,
    IReadOnlyList<LifeDispute>? Disputes);

public sealed record LifeDispute(string OrganisationName, string Reason, DateTimeOffset At);

public sealed record LifeAct(
    string Act, bool Possible, bool Mine, IReadOnlyList<string>? Roles, string? Sentence, DateOnly? On);
