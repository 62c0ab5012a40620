using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;
using Iop.Web.Problems;

namespace Iop.Web.History;

/// <summary>Who did what when in a partnership or an agreement; and the agreement as it stood on any day.</summary>
public static class HistoryPages
{
    internal static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/historik", OfPartnership);
        app.MapGet("/avtal/{id:guid}/historik", OfAgreement);
        app.MapGet("/avtal/{id:guid}/datum", AsOf);
    }

    /// <param name="Page">From 1.</param>
    /// <param name="Person">Only what this person did.</param>
    /// <param name="Avsnitt">Only what concerns this section.</param>
    public sealed record Chosen(int? Page, string? Person, string? Avsnitt)
    {
        public int Number => Math.Max(Page ?? 1, 1);

        public Guid? Who => Guid.TryParse(Person, out var person) ? person : null;

        /// <summary>The address of another page of the same choice.</summary>
        public string Address(string path) =>
            $"{path}?person={Who}&avsnitt={Uri.EscapeDataString(Avsnitt ?? "")}&";
    }

    private static async Task<IResult> OfPartnership(
        Guid id, [AsParameters] Chosen chosen, HistoryApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        var history = await api.Of("partnerships", id, chosen.Number, chosen.Who, chosen.Avsnitt, cancel);
        return history.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<HistoryPage>(new { Partnership = partnership.Value, History = history.Value, Chosen = chosen,
                history.More });
    }

    private static async Task<IResult> OfAgreement(
        Guid id, [AsParameters] Chosen chosen, HistoryApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var history = await api.Of("agreements", id, chosen.Number, chosen.Who, chosen.Avsnitt, cancel);
        return history.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<HistoryPage>(new { Agreement = agreement.Value, History = history.Value, Chosen = chosen, history.More });
    }

    /// <summary>Without a day there is only the question which one: Web knows no clock, and the demo's stands
    /// elsewhere.</summary>
    private static async Task<IResult> AsOf(
        Guid id, string? dag, HistoryApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        if (!DateOnly.TryParseExact(dag, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Page.Of<AsOfPage>(new { Agreement = agreement.Value });
        var stood = await api.AsOf(id, day, cancel);
        if (stood.Problem is { IsSignedOut: true } signedOut) return signedOut.AsPage(visitor);
        return Page.Of<AsOfPage>(
            new { Agreement = agreement.Value, Day = (DateOnly?)day, Stood = stood.Value, stood.Problem },
            stood.Problem?.Status ?? 200);
    }
}
