using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>Where the partnership stands: its parties, its agreements, the seven steps, and what it waits for.</summary>
internal static class ShowPartnership
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/partnerships/{id:guid}", Handle)
        .WithName(nameof(ShowPartnership));

    internal static async Task<Answer<PartnershipView>> Handle(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        var wanted = new PartnershipId(id);
        if (await db.Partnerships.SingleOrDefaultAsync(partnership =>
            partnership.Id == wanted, cancel) is not { } found) return Refusal.NotFound;
        var file = await PartnershipFile.Of(db, catalogues, found, cancel);
        var view = PartnershipView.Of(file, viewer);
        return Answers.Ok(view with { Guest = await GuestLine(found.Id, viewer, db, cancel) }, file.Tag);
    }

    private static async Task<PartnershipView.GuestLine?> GuestLine(
        PartnershipId partnership, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.GuestUntil(partnership.Value, cancel) is not { } until) return null;
        var (person, organisation) = (viewer.Caller.Person, viewer.Caller.Organisation);
        var own = await db.Guests.AsNoTracking().Where(one => one.PartnershipId == partnership && one.PersonId == person
            && one.OrganisationId == organisation && one.EndedAt == null && one.ToOn == until)
            .OrderByDescending(one => one.GuestId).FirstOrDefaultAsync(cancel);
        return new PartnershipView.GuestLine(until, own?.FollowUp ?? false, own?.Payments ?? false);
    }
}

internal sealed record PartnershipView(
    Guid Id, string Title, string Challenge, PartnershipState State, DateTimeOffset StartedAt, IReadOnlyList<PartyView> Parties,
    IReadOnlyList<PartnershipView.AgreementLine> Agreements, IReadOnlyList<PartnershipView.StepLine> Steps,
        IReadOnlyList<AwaitView> Awaits, PartnershipView.OutcomeLine? Outcome, bool Light, string? LightReason,
    PartnershipView.AroundLine Around, PartnershipView.GuestLine? Guest = null)
{
    public sealed record AgreementLine(Guid Id, string Title, AgreementState State, DateOnly StartsOn, DateOnly? EndsOn);

    /// <summary>How the dialogue ended without an agreement.</summary>
    public sealed record OutcomeLine(DialogueOutcome Code, OtherForm? Form, string Reason, DateTimeOffset At);

    /// <summary>What is there beside the agreements.</summary>
    public sealed record AroundLine(int Talks, DateOnly? LastTalk, bool PartnersChosen, int Participation, int OpenComments);

    /// <summary>For a caller who reads as a guest: until when, and what beside the agreements.</summary>
    public sealed record GuestLine(DateOnly UntilOn, bool FollowUp, bool Payments);

    /// <param name="Whose">Roles that can do what is missing.</param>
    public sealed record StepLine(string Key, StepState State, IReadOnlyList<MissingView> Missing, IReadOnlyList<string> Whose);

    public static PartnershipView Of(PartnershipFile file, Viewer viewer) => new(
        file.Partnership.Id.Value, file.Partnership.Title, file.Partnership.Challenge, file.State, file.Partnership.StartedAt,
        [.. file.Parties.Select(party => PartyView.Of(party, file.Names, viewer))],
        [.. file.Agreements.Select(of => new AgreementLine(
            of.Agreement.Id.Value, of.Agreement.Title, of.Agreement.State,
            of.Agreement.Term?.From ?? of.Agreement.StartsOn, of.Agreement.Term is { } term ? term.To : of.Agreement.EndsOn))],
        [.. file.Steps.Select(step => new StepLine(
            step.Key, step.State, [.. step.Missing.Select(missing => MissingView.Of(missing, file.Parties, file.Names, viewer))],
                step.Roles))],
        [.. file.Awaits().Select(waiting =>
            AwaitView.Of(waiting.Await, file.Names, viewer, waiting.Agreement, file.Parties))],
        file.Partnership is { Outcome: { } outcome, OutcomeBecause: { } because, OutcomeAt: { } at }
            ? new OutcomeLine(outcome, file.Partnership.OutcomeForm, because, at) : null,
        file.Partnership.IsLight, file.Partnership.LightBecause,
        new AroundLine(file.Around.Talks, file.Around.LastTalk, file.Around.PartnersChosen, file.Around.Participation,
            file.Around.OpenComments));
}
