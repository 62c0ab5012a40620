using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Advising;

/// <summary>The instruments of a partnership, and how far each has come.</summary>
internal static class ListInstruments
{
    /// <param name="Findings">How many things it is answered about, each once by everybody who is to answer.</param>
    /// <param name="Settled">How many of them have come to something.</param>
    /// <param name="Text">What it comes to, where it is asked once.</param>
    public sealed record Line(
        string Id, string Version, string Name, string Purpose, bool PerParty, bool OwnMatters, int Answers, int Findings,
        int Settled, string? Code, string? Text);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/instruments", Handle).WithName(nameof(ListInstruments));

    internal static async Task<Answer<View>> Handle(
        Guid id, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await InstrumentFile.Of(id, db, catalogues, cancel) is not { } file) return Refusal.NotFound;
        return new View([.. file.All.Select(instrument => LineOf(instrument, file, viewer))]);
    }

    private static Line LineOf(Instrument instrument, InstrumentFile file, Viewer viewer)
    {
        var source = file.Catalogues.FileOf(instrument.Version);
        var findings = file.Findings(instrument).Select(one => FindingView.Of(one, instrument, file, viewer)).ToList();
        var only = instrument is { HasMatters: false, PerParty: false } ? findings[0] : null;
        return new Line(instrument.Id, instrument.Version, source.Name.In(viewer.Language), source.Purpose.In(viewer.Language),
            instrument.PerParty, instrument.OwnMatters, file.AnswersTo(instrument).Count, findings.Count,
            findings.Count(finding => finding.Code != Finding.Open), only?.Code, only?.Text);
    }
}
