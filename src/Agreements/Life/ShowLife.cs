using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>The agreement's life: versions and what changed them, the term, the days ahead, talks, and what can be done and by
/// whom.</summary>
internal static class ShowLife
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agreements/{id:guid}/life", Handle)
        .WithName(nameof(ShowLife));

    internal static async Task<Answer<LifeView>> Handle(Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        var talks = await db.JointTalks.AsNoTracking().Where(talk => talk.AgreementId == agreement.Id).ToListAsync(cancel);
        var endings = await db.Terminations.AsNoTracking().Where(ending => ending.AgreementId == agreement.Id)
            .ToListAsync(cancel);
        var disputes = await db.Disputes.AsNoTracking().Where(dispute => dispute.AgreementId == agreement.Id)
            .ToListAsync(cancel);
        return Answers.Ok(new LifeView(
            id, agreement.PartnershipId.Value, agreement.Title, agreement.State, agreement.StateSince, agreement.Working,
            TermView.Of(agreement),
            agreement.Working is Working.None ? null : ChangeView.Of(file.Change, file),
            [.. file.Changes.Select(change => ChangeView.Of(change, file))], [.. file.Versions.Select(VersionView.Of)],
            LifeView.Ahead(agreement, file.Changes, clock.Today()),
            [.. talks.OrderBy(talk => talk.OnDay).Select(talk => LifeView.TalkView.Of(talk, file, clock.Today()))],
            [.. endings.OrderBy(ending => ending.GivenAt).Select(ending => LifeView.EndingView.Of(ending, disputes, file))],
            LifeView.ActsOf(agreement, file, viewer, clock.Today()), agreement.AdjustedBy, agreement.AdjustedSections ?? [],
            [.. file.Parties.Select(party => PartyView.Of(party, file.Names, viewer))],
            [.. file.EverParties.Except(file.Parties).Select(party => PartyView.Of(party, file.Names, viewer))]), file.Tag);
    }
}

internal sealed record LifeView(
    Guid Id, Guid PartnershipId, string Title, AgreementState State, DateTimeOffset StateSince, Working Working, TermView? Term,
    ChangeView? Change, IReadOnlyList<ChangeView> Changes, IReadOnlyList<VersionView> Versions,
    IReadOnlyList<LifeView.DateView> Dates, IReadOnlyList<LifeView.TalkView> Talks, IReadOnlyList<LifeView.EndingView> Endings,
    IReadOnlyList<LifeView.ActView> Acts, string? AdjustedBy, IReadOnlyList<string> AdjustedSections,
    IReadOnlyList<PartyView> Parties, IReadOnlyList<PartyView> Others)
{
    /// <param name="What">last-date-of-notice, takes-over, party-leaves, renews or ends.</param>
    public sealed record DateView(string What, DateOnly On);

    /// <param name="State">booked, past (nobody has told), held or not-held.</param>
    public sealed record TalkView(
        Guid Id, DateOnly On, DateOnly? BeforeDate, string OrganisationName, string State, DateOnly? HeldOn, TalkOutcome? Outcome,
        string? Note)
    {
        public static TalkView Of(JointTalk talk, AgreementFile file, DateOnly today) => new(
            talk.TalkId.Value, talk.OnDay, talk.BeforeDate, file.Names.Of(talk.BookedFor),
            talk.Held switch { true => "held", false => "not-held", null => talk.OnDay < today ? "past" : "booked" },
            talk.HeldOn, talk.Outcome, talk.Note);
    }

    public sealed record EndingView(
        TerminationKind Kind, Guid PartyId, string PartyName, string Reason, RescissionGround? Ground, string? Clause,
        DateTimeOffset GivenAt, DateOnly LastDay, IReadOnlyList<DisputeView> Disputes)
    {
        public static EndingView Of(Termination ending, IEnumerable<Dispute> disputes, AgreementFile file) => new(
            ending.Kind, ending.PartyId.Value, file.Names.Of(ending.Organisation), ending.Reason, ending.Ground, ending.Clause,
            ending.GivenAt, ending.LastDay,
            [
                .. disputes.Where(dispute => dispute.TerminationId == ending.TerminationId).OrderBy(dispute => dispute.At)
                    .Select(dispute => new DisputeView(file.Names.Of(dispute.Organisation), dispute.Reason, dispute.At)),
            ]);
    }

    public sealed record DisputeView(string OrganisationName, string Reason, DateTimeOffset At);

    /// <param name="Act">renegotiate, admit, renew, adjust, leave, give-notice, rescind, book-talk or abandon-change.</param>
    /// <param name="Possible">Now, for somebody in the role.</param>
    /// <param name="Mine">And the caller has it, for a party.</param>
    /// <param name="Why">The code of the refusal when it is not possible.</param>
    /// <param name="Sentence">The same in words.</param>
    /// <param name="On">The day that follows: the first without the party that leaves, the last under notice.</param>
    public sealed record ActView(
        string Act, bool Possible, bool Mine, IReadOnlyList<string> Roles, string? Why, string? Sentence, DateOnly? On);

    public static IReadOnlyList<DateView> Ahead(Agreement agreement, IEnumerable<Change> changes, DateOnly today)
    {
        var dates = Calendar.Ahead(agreement, changes).Select(due => new DateView(Words.Of(due.Turn),
            due.Turn is Turn.Ends ? due.On.AddDays(-1) : due.On));
        var last = agreement.State is AgreementState.InForce ? agreement.Term?.LastDateOfNotice : null;
        return
        [
            .. (last is { } day && day >= today ? [new DateView("last-date-of-notice", day)] : Array.Empty<DateView>())
                .Concat(dates).OrderBy(date => date.On),
        ];
    }

    public static IReadOnlyList<ActView> ActsOf(Agreement agreement, AgreementFile file, Viewer viewer, DateOnly today)
    {
        if (agreement.Term is not { } term) return [];
        var own = file.Parties.FirstOrDefault(party => party.IsActedForBy(viewer.Organisation, viewer.Unit));
        var leaving = file.Changes.Where(change => change.IsDeparture).Select(change => change.PartyId!.Value).ToList();
        var members = file.Parties.Select(party => new Member(party.Id, party.Kind)).ToList();
        var notice = Instruments.GiveNotice(agreement, today, out var lastDay);
        var leave = Instruments.Leave(agreement, members, (own ?? file.Parties[0]).Id, leaving, today, out var first);
        var underWay = agreement.State.Binds() && agreement.Working is not (Working.None or Working.Signed);
        return
        [
            Act("renegotiate", Instruments.Renegotiate(agreement, today, today), [Roles.Officer]),
            Act("admit", Instruments.Renegotiate(agreement, today, today), [Roles.Officer]),
            Act("renew", Instruments.Renew(agreement, DateOnly.MaxValue), [Roles.Officer], term.To?.AddDays(1)),
            Act("adjust", Instruments.Adjust(agreement, [], new BodyDecision(agreement.AdjustedBy ?? "", today, ""), today,
                today), [Roles.Officer]),
            Act("abandon-change", underWay ? null : LifeRefusals.NoChangeUnderWay, [Roles.Officer]),
            Act("book-talk", agreement.State is AgreementState.InForce ? null : LifeRefusals.NotInForce(agreement.State),
                [Roles.Officer]),
            Act("leave", leave, [Roles.Signatory], leave is null ? first : null),
            Act("give-notice", notice, [Roles.Signatory], notice is null ? lastDay : null),
            Act("rescind", Instruments.Rescind(agreement), [Roles.Signatory], today),
        ];

        ActView Act(string act, Refusal? refusal, string[] roles, DateOnly? on = null) => new(
            act, refusal is null, refusal is null && own is not null && viewer.Caller.Lacks(roles) is null, roles, refusal?.Code,
            refusal is null ? null : viewer.Say(refusal), refusal is null ? on : null);
    }
}
