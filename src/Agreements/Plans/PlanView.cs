using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>What a plan says, as sent.</summary>
internal sealed record PlanRequest(
    string Title, DateOnly StartsOn, DateOnly EndsOn, IReadOnlyList<PlanRequest.ItemRequest> Items, string? Reason = null,
    DecisionRequest? Decision = null, bool KnowsItLeavesTheFrame = false)
{
    /// <param name="Id">The same as in the version before, for an item that goes on; null for a new one.</param>
    /// <param name="Cost">Kronor as a decimal string.</param>
    public sealed record ItemRequest(
        string What, Guid? Id = null, IReadOnlyList<Guid>? PartyIds = null, string? Others = null, Guid? ActivityId = null,
        DateOnly? StartsOn = null, DateOnly? EndsOn = null, string? Target = null, string? Cost = null);

    /// <param name="adopts">Whether it is to be adopted, and not only looked at.</param>
    public Refusal? Read(Func<Guid> newId, bool adopts, out PlanText text)
    {
        var fields = new Fields().Text("title", Title, PlanText.TitleMax)
            .Between("startsOn", StartsOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax)
            .Between("endsOn", EndsOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax)
            .Accept("endsOn", new Period(StartsOn, EndsOn).Refusal)
            .Count("items", Items.Count, 1, PlanText.ItemsMax)
            .Must("items", Items.Select(item => item.Id).OfType<Guid>().GroupBy(id => id).All(same => same.Count() == 1),
                "plan.item-twice");
        if (adopts)
        {
            fields.Text("reason", Reason, InterventionPlan.ReasonMax).Must("decision", Decision is not null, "field.required");
            Decision?.Look(fields);
        }
        var items = Items.Take(PlanText.ItemsMax).Select((item, at) => Read(item, at, newId, fields)).ToList();
        text = new PlanText(Title.Trim(), StartsOn, EndsOn, items);
        return fields.Refusal;
    }

    private static PlanText.Item Read(ItemRequest item, int at, Func<Guid> newId, Fields fields)
    {
        var isMoney = Money.TryParse(item.Cost, Currency.Sek, out var cost);
        fields.Text($"items[{at}].what", item.What, PlanText.WhatMax)
            .OptionalText($"items[{at}].others", item.Others, PlanText.OthersMax)
            .OptionalText($"items[{at}].target", item.Target, PlanText.TargetMax)
            .Count($"items[{at}].partyIds", item.PartyIds?.Count ?? 0, 0, Partnership.PartiesMax)
            .Accept($"items[{at}].endsOn", item.StartsOn is { } from ? new Period(from, item.EndsOn).Refusal : null)
            .Must($"items[{at}].cost", item.Cost is null || isMoney, "field.malformed")
            .Must($"items[{at}].cost", !isMoney || cost.Minor is >= 0 and <= Contribution.OreMax,
                "contribution.amount-out-of-range");
        return new PlanText.Item(
            item.Id ?? newId(), item.What.Trim(), [.. (item.PartyIds ?? []).Distinct().Select(id => new PartyId(id))],
            Blank(item.Others), item.ActivityId, item.StartsOn, item.EndsOn, Blank(item.Target), isMoney ? cost : null);
    }

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A plan in one of its versions, with the list of all.</summary>
/// <param name="Oversteps">How it left the frame when it was adopted.</param>
/// <param name="OverstepsNow">How the version that applies leaves what is agreed today; a renegotiation may have mended
/// it.</param>
internal sealed record PlanView(
    Guid Id, Guid AgreementId, string Title, DateOnly StartsOn, DateOnly EndsOn, int Number, string Reason, DecisionView Decision,
    string Cost, string AgreedForThePeriod, string Currency, IReadOnlyList<PlanView.ItemView> Items,
    IReadOnlyList<OverstepView> Oversteps, IReadOnlyList<OverstepView> OverstepsNow,
    IReadOnlyList<PlanView.VersionLine> Versions, string PlanTag)
{
    public sealed record ItemView(
        Guid Id, string What, IReadOnlyList<DecisionView.TookPartView> Parties, string? Others, Guid? ActivityId,
        string? Activity,
        DateOnly? StartsOn, DateOnly? EndsOn, string? Target, string? Cost);

    public sealed record VersionLine(int Number, string Reason, DecisionView Decision, bool LeftTheFrame);

    /// <param name="number">Which version; null for the one that applies.</param>
    public static async Task<PlanView?> Of(
        AgreementsDb db, Living living, InterventionPlan plan, int? number, Viewer viewer, CancellationToken cancel)
    {
        var versions = await db.PlanVersions.AsNoTracking().Include(version => version.Items)
            .Include(version => version.Oversteps).AsSplitQuery().Where(version => version.PlanId == plan.Id)
            .OrderBy(version => version.Number).ToListAsync(cancel);
        if (versions.SingleOrDefault(version => version.Number == (number ?? plan.Number)) is not { } shown) return null;
        var ids = versions.Select(version => version.DecisionId).ToList();
        var decisions = await db.Decisions.AsNoTracking().Where(decision => ids.Contains(decision.Id))
            .ToDictionaryAsync(decision => decision.Id, decision => DecisionView.Of(decision, living), cancel);
        var text = shown.Text;
        return new PlanView(
            plan.Id.Value, plan.AgreementId.Value, shown.Title, shown.StartsOn, shown.EndsOn, shown.Number, shown.Reason,
            decisions[shown.DecisionId], text.Cost.ToDecimalString(), living.Frame.AgreedFor(text.Period).ToDecimalString(),
            Kernel.Currency.Sek.Code, [.. text.Items.Select(item => Of(item, living))],
            [.. shown.Oversteps.OrderBy(one => one.Position).Select(one =>
                OverstepView.Of(one.Overstep, text, living, viewer))],
            [.. living.Frame.OverstepsOf(text).Select(one => OverstepView.Of(one, text, living, viewer))],
            [.. versions.Select(version => new VersionLine(
                version.Number, version.Reason, decisions[version.DecisionId], version.Oversteps.Count > 0))],
            $"{plan.Version}");
    }

    private static ItemView Of(PlanText.Item item, Living living) => new(
        item.Id, item.What,
        [.. item.Parties.Select(party => new DecisionView.TookPartView(party.Value, living.NameOf(party)))],
        item.Others, item.ActivityId, item.ActivityId is { } activity ? living.Activities.GetValueOrDefault(activity) : null,
        item.StartsOn, item.EndsOn, item.Target, item.Cost?.ToDecimalString());
}

/// <summary>How a plan leaves the frame, and in a sentence why that needs renegotiation.</summary>
internal sealed record OverstepView(string Kind, Guid? ItemId, string? ItemWhat, string? Planned, string? Agreed, string Why)
{
    public static OverstepView Of(Overstep overstep, PlanText plan, Living living, Viewer viewer)
    {
        var planned = overstep.Kind is OverstepKind.NotAParty && Guid.TryParse(overstep.Planned, out var party)
            ? living.NameOf(new PartyId(party))
            : overstep.Planned;
        return new OverstepView(
            Words.Of(overstep.Kind), overstep.Item, plan.Items.FirstOrDefault(item => item.Id == overstep.Item)?.What,
            planned, overstep.Agreed,
            viewer.Say($"overstep.{Words.Of(overstep.Kind)}", ("planned", planned ?? ""), ("agreed", overstep.Agreed ?? "")));
    }
}
