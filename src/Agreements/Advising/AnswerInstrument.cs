using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Advising;

/// <summary>A question of an instrument is answered with its reason: for the partnership, about a matter, or by a party for
/// itself. Advice: no agreement waits for it.</summary>
internal static class AnswerInstrument
{
    /// <param name="Answer">yes or no, an option's key, 0 to 4, A to D, a party's id, or not-applicable.</param>
    /// <param name="PartyId">Whose answer, where every party gives its own; the caller's if it acts for one only.</param>
    public sealed record Request(string Answer, string Reason, string? Clause = null, string? MatterId = null,
        Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partnerships/{id:guid}/instruments/{key}/answers/{questionId}", Handle).WithName(nameof(AnswerInstrument));

    internal static async Task<Answer<InstrumentView>> Handle(
        Guid id, string key, string questionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db,
        Catalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await InstrumentFile.ForUpdate(id, db, catalogues, cancel) is not { } file) return Refusal.NotFound;
        if (file.Find(key) is not { } instrument) return InstrumentRefusals.Unknown;
        if (instrument.Find(questionId) is not { } item) return InstrumentRefusals.UnknownQuestion;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        var matter = request.MatterId ?? "";
        if (instrument.PerParty && PartyOf(request.PartyId, file, viewer) is null) return InstrumentRefusals.NotYourParty;
        PartyId? party = instrument.PerParty ? PartyOf(request.PartyId, file, viewer) : null;
        var answer = file.AnswersTo(instrument)
            .SingleOrDefault(given => given.QuestionId == questionId && given.Matter == matter && given.PartyId == party);
        if (ifMatch.Misses(answer?.Version ?? 0) is { } stale) return stale;
        if (new Fields().Text("answer", request.Answer, InstrumentAnswer.ClauseMax)
            .Must("answer", item.Accepts(request.Answer, file.PartyIds), "instrument.answer-not-offered")
            .Text("reason", request.Reason, InstrumentAnswer.ReasonMax)
            .OptionalText("clause", request.Clause, InstrumentAnswer.ClauseMax)
            .Must("partyId", instrument.PerParty || request.PartyId is null, "instrument.one-answer-for-all")
            .Refusal is { } malformed) return malformed;
        if (!file.MattersOf(instrument).Contains(matter, StringComparer.Ordinal)) return InstrumentRefusals.UnknownMatter;
        var now = clock.GetUtcNow();
        if (answer is null)
        {
            answer = InstrumentAnswer.To(Guid.CreateVersion7(now), file.Partnership.Id, instrument, item, matter, party);
            file.Answers.Add(answer);
            db.Add(answer);
        }
        answer.Give(request.Answer, request.Reason.Trim(), request.Clause, new Answerer(viewer.Person, viewer.Organisation), now);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await InstrumentView.Of(instrument, file, viewer, cancel), file.TagOf(instrument));
    }

    /// <summary>The party the caller answers for: the named one if it is the caller's, else the only one that is.</summary>
    private static PartyId? PartyOf(Guid? named, InstrumentFile file, Viewer viewer)
    {
        var own = file.Parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)).ToList();
        return named is { } id
            ? own.SingleOrDefault(party => party.Id.Value == id)?.Id
            : own.Count == 1 ? own[0].Id : null;
    }
}
