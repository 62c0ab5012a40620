using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.FollowUp.Deviating;

/// <summary>A party adds what it learnt of a deviation (antecknar en lärdom), until it is decided.</summary>
internal static class NoteLesson
{
    public sealed record Request(string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/deviations/{id:guid}/lessons", Handle).WithName(nameof(NoteLesson));

    internal static async Task<Answer<DeviationView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Deviation(id, cancel) is not { } deviation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (await db.GuestUntil(deviation.Partnership.Value, cancel) is not null) return FollowUpRefusals.GuestsOnlyRead;
        if (ifMatch.Misses(deviation.Version) is { } stale) return stale;
        if (new Fields().Text("text", request.Text, 4_000)
            .Must("text", !FreeText.PointsOutAPerson(request.Text), FreeText.PersonalData).Refusal is { } malformed)
            return malformed;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (deviation.Learn(request.Text.Trim(), by, clock.GetUtcNow()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await DeviationsContext.View(db, deviation, caller.Organisation, cancel), deviation.Version);
    }
}
