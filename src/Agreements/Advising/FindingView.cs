using System.Globalization;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Partnerships;

namespace Iop.Agreements.Advising;

/// <summary>What answers come to, in a sentence, with the questions that decided it.</summary>
/// <param name="Code">open while questions are unanswered.</param>
internal sealed record FindingView(
    string? MatterId, Guid? PartyId, string? PartyName, string Code, string Text, IReadOnlyList<string> DecidedBy,
    IReadOnlyList<FindingView.DistanceView> Distances, IReadOnlyList<FindingView.FitView> Fits)
{
    /// <param name="Points">0 would be that form itself; PointsMax is as far from it as the criteria can say.</param>
    public sealed record DistanceView(string Form, string Name, int Points, int PointsMax, IReadOnlyList<string> Nearest);

    public sealed record FitView(string Form, string Name, int Matching, int Asked, IReadOnlyList<string> MatchingQuestions);

    public static FindingView Of(
        (string Matter, PartyId? Party, Finding Finding) of, Instrument instrument, InstrumentFile file, Viewer viewer)
    {
        var source = file.Catalogues.FileOf(instrument.Version);
        var finding = of.Finding;
        return new FindingView(of.Matter.Length == 0 ? null : of.Matter, of.Party?.Value,
            of.Party is { } party ? InstrumentView.NameOf($"{party.Value}", file) : null,
            finding.Code, Sentence(finding, source, viewer), finding.DecidedBy,
            [
                .. finding.Distances.Select(distance => new DistanceView(distance.Form, NameOf(distance.Form, source, viewer),
                    distance.Points, distance.PointsMax, distance.Nearest)),
            ],
            [
                .. finding.Fits.Select(fit => new FitView(fit.Form, NameOf(fit.Form, source, viewer), fit.Matching.Count,
                    fit.Asked, fit.Matching)),
            ]);
    }

    private static string Sentence(Finding finding, CatalogueFile source, Viewer viewer)
    {
        if (finding.Code == Finding.Open)
            return viewer.Say("instrument.open", "count", finding.DecidedBy.Count.ToString(CultureInfo.InvariantCulture));
        var said = source.Results!.Single(result => result.Code == finding.Code);
        var sentence = new Said(said.Sv, said.En).In(viewer.Language);
        if (finding.Form is not { } form)
            return sentence.Contains("{form}", StringComparison.Ordinal) ? viewer.Say("instrument.no-profile") : sentence;
        var fit = finding.Fits.Count > 0 ? finding.Fits[0] : null;
        return sentence.Replace("{form}", NameOf(form, source, viewer), StringComparison.Ordinal)
            .Replace("{matching}", $"{fit?.Matching.Count}", StringComparison.Ordinal)
            .Replace("{asked}", $"{fit?.Asked}", StringComparison.Ordinal);
    }

    private static string NameOf(string form, CatalogueFile source, Viewer viewer)
    {
        var known = source.Forms!.Single(one => one.Id == form);
        return new Said(known.Sv, known.En).In(viewer.Language);
    }
}
