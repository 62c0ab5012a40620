using Iop.Agreements.Changing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Ending;

/// <summary>A party books the joint talk before the last date of notice (avstämning), and afterwards somebody says whether it
/// was held.</summary>
internal static class BookJointTalk
{
    public sealed record Request(DateOnly On);

    public sealed record Told(bool Held, DateOnly? HeldOn = null, TalkOutcome? Outcome = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/joint-talks", Handle).WithName(nameof(BookJointTalk));
        api.MapPost("/agreements/{id:guid}/joint-talks/{talkId:guid}/account", Tell).WithName("TellOfJointTalk");
    }

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var (file, no) = await acts.Begin(id, ifMatch, new Fields(), [Roles.Officer], cancel);
        if (no is not null) return no;
        var known = await db.JointTalks.Where(talk => talk.AgreementId == file.Agreement.Id).ToListAsync(cancel);
        if (JointTalk.Book(new TalkId(Guid.CreateVersion7(acts.Now)), file.Agreement, request.On, known, acts.Changer, acts.Now,
            out var booked) is { } refusal) return refusal;
        db.Add(booked);
        file.Agreement.Note();
        db.Announce(id, file.Agreement.Version, Noted(file.Agreement, booked, acts.Changer.Organisation.Value));
        // A week before, unless that is past already; and the day after, whether it was held.
        foreach (var day in new[] { request.On.AddDays(-JointTalk.SoonDays), request.On.AddDays(1) })
        {
            if (day > SwedishTime.DateIn(acts.Now))
                await db.Schedule(RemindOfLastDateOfNotice.Kind, id, SwedishTime.StartOf(day), cancel);
        }
        return await acts.Done(file, cancel);
    }

    internal static async Task<Answer<AgreementView>> Tell(
        Guid id, Guid talkId, Told request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, CancellationToken cancel)
    {
        var fields = new Fields().OptionalText("note", request.Note, JointTalk.NoteMax);
        var (file, no) = await acts.Begin(id, ifMatch, fields, [Roles.Officer], cancel);
        if (no is not null) return no;
        var (agreement, key) = (file.Agreement.Id, new TalkId(talkId));
        var talk = await db.JointTalks.SingleOrDefaultAsync(of => of.AgreementId == agreement && of.TalkId == key, cancel);
        if (talk is null) return Refusal.NotFound;
        if (talk.Tell(request.Held, request.HeldOn, request.Outcome, request.Note?.Trim(), acts.Now) is { } refusal)
            return refusal;
        file.Agreement.Note();
        db.Announce(id, file.Agreement.Version, Noted(file.Agreement, talk, acts.Changer.Organisation.Value));
        return await acts.Done(file, cancel);
    }

    private static JointTalkNoted Noted(Domain.Agreement agreement, JointTalk talk, Guid organisation) => new()
    {
        AgreementId = agreement.Id.Value,
        Sequence = agreement.Version,
        PartnershipId = agreement.PartnershipId.Value,
        Title = agreement.Title,
        OrganisationId = organisation,
        What = talk.Held switch { null => "booked", true => "held", false => "not-held" },
        On = talk.HeldOn ?? talk.OnDay,
    };
}
