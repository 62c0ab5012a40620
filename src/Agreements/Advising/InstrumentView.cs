using System.Globalization;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Partnerships;

namespace Iop.Agreements.Advising;

/// <summary>A questionnaire with the partnership's answers, what they come to, and why.</summary>
internal sealed record InstrumentView(
    string Id, string Version, string Name, string Purpose, bool PerParty, bool OwnMatters, string? MatterWord,
    IReadOnlyList<InstrumentView.QuestionView> Questions, IReadOnlyList<InstrumentView.MatterView> Matters,
    IReadOnlyList<InstrumentView.AnswerView> Answers, IReadOnlyList<FindingView> Findings,
    IReadOnlyList<InstrumentView.FormView> Forms, IReadOnlyList<InstrumentView.PatternView> Patterns,
    IReadOnlyList<PartyView> Parties)
{
    public sealed record QuestionView(
        string Id, AnswerKind Kind, bool MayNotApply, IReadOnlyList<OptionView> Options, string Text, string Source, int? Page,
        int Year);

    public sealed record OptionView(string Key, string Text);

    /// <param name="Own">Added by the parties; else the catalogue's.</param>
    public sealed record MatterView(
        string Id, string Text, bool Own, string? Source, int? Page, int? Year, string? AddedBy, DateTimeOffset? AddedOn);

    /// <param name="AnswerTag">The If-Match of another answer to the same; 0 before the first.</param>
    public sealed record AnswerView(
        string QuestionId, string? MatterId, Guid? PartyId, string? PartyName, string Answer, string AnswerText, string Reason,
        string? Clause, string? AnsweredBy, DateTimeOffset AnsweredOn, string AnswerTag);

    /// <summary>A form and what is typical of it, question by question, in the options' own words.</summary>
    public sealed record FormView(string Id, string Name, IReadOnlyList<CellView> Cells);

    public sealed record CellView(string QuestionId, IReadOnlyList<string> Options);

    public sealed record PatternView(Guid? PartyId, string? PartyName, string Code, string Text);

    public static async Task<InstrumentView> Of(
        Instrument instrument, InstrumentFile file, Viewer viewer, CancellationToken cancel)
    {
        var source = file.Catalogues.FileOf(instrument.Version);
        var answers = file.AnswersTo(instrument);
        var own = file.Matters.Where(matter => matter.Catalogue == instrument.Version).ToList();
        var names = await viewer.NamesOf(
            [.. answers.Select(answer => answer.AnsweredBy), .. own.Select(matter => matter.AddedBy)], cancel);
        return new InstrumentView(
            instrument.Id, instrument.Version, source.Name.In(viewer.Language), source.Purpose.In(viewer.Language),
            instrument.PerParty, instrument.OwnMatters, source.MatterWord?.In(viewer.Language),
            [.. source.Questions.Select(asked => QuestionOf(asked, instrument, viewer))],
            [
                .. (source.Matters ?? []).Select(matter => new MatterView(matter.Id,
                    new Said(matter.Sv, matter.En).In(viewer.Language), false, matter.Source, matter.Page, matter.Year, null,
                    null)),
                .. own.OrderBy(matter => matter.MatterId).Select(matter => new MatterView($"{matter.MatterId}", matter.Text, true,
                    null, null, null, names.GetValueOrDefault(matter.AddedBy), matter.AddedAt)),
            ],
            [.. answers.OrderBy(answer => answer.AnswerId).Select(answer => AnswerOf(answer, instrument, file, viewer, names))],
            [.. file.Findings(instrument).Select(one => FindingView.Of(one, instrument, file, viewer))],
            [.. (source.Forms ?? []).Where(form => form.Typical.Count > 0).Select(form => FormOf(form, source, viewer))],
            [.. PatternsOf(instrument, source, file, viewer)],
            [.. file.Parties.Select(party => PartyView.Of(party, file.Names, viewer))]);
    }

    private static QuestionView QuestionOf(CatalogueFile.QuestionInFile asked, Instrument instrument, Viewer viewer)
    {
        var item = instrument.Find(asked.Id)!;
        return new QuestionView(item.Id, item.Kind, item.MayNotApply,
            [.. item.Offered.Select(reply => new OptionView(reply, TextOf(item, asked, reply, viewer)))],
            new Said(asked.Sv, asked.En).In(viewer.Language), asked.Source, asked.Page, asked.Year);
    }

    private static string TextOf(Item item, CatalogueFile.QuestionInFile asked, string reply, Viewer viewer) => item.Kind switch
    {
        _ when reply == Item.NotApplicable => viewer.Say("answer.not-applicable"),
        AnswerKind.Choice => asked.Options!.Where(option => option.Key == reply)
            .Select(option => new Said(option.Sv, option.En).In(viewer.Language)).First(),
        AnswerKind.YesNo => viewer.Say($"answer.{reply}"),
        AnswerKind.Scale => viewer.Say($"scale.{reply}"),
        _ => viewer.Say($"cell.{reply.ToLowerInvariant()}"),
    };

    private static AnswerView AnswerOf(InstrumentAnswer answer, Instrument instrument, InstrumentFile file, Viewer viewer,
        IReadOnlyDictionary<PersonRef, string> names)
    {
        var item = instrument.Find(answer.QuestionId)!;
        var asked = file.Catalogues.FileOf(instrument.Version).Questions.Single(one => one.Id == answer.QuestionId);
        return new AnswerView(answer.QuestionId, answer.Matter.Length == 0 ? null : answer.Matter, answer.PartyId?.Value,
            answer.PartyId is { } party ? NameOf($"{party.Value}", file) : null, answer.Reply,
            item.Kind is AnswerKind.Party && answer.Reply != Item.NotApplicable
                ? NameOf(answer.Reply, file) : TextOf(item, asked, answer.Reply, viewer),
            answer.Reason, answer.Clause, names.GetValueOrDefault(answer.AnsweredBy), answer.AnsweredAt,
            answer.Version.ToString(CultureInfo.InvariantCulture));
    }

    private static FormView FormOf(CatalogueFile.FormInFile form, CatalogueFile source, Viewer viewer) => new(
        form.Id, new Said(form.Sv, form.En).In(viewer.Language),
        [
            .. form.Typical.Select(typical => new CellView(typical.Key,
                [
                    .. source.Questions.Single(asked => asked.Id == typical.Key).Options!
                        .Where(option => typical.Value.Contains(option.Key, StringComparer.Ordinal))
                        .Select(option => new Said(option.Sv, option.En).In(viewer.Language)),
                ])),
        ]);

    private static IEnumerable<PatternView> PatternsOf(
        Instrument instrument, CatalogueFile source, InstrumentFile file, Viewer viewer) =>
        from party in file.AnswersTo(instrument).GroupBy(answer => answer.PartyId)
        from pattern in Finding.Patterns(instrument, party.Select(answer => (answer.QuestionId, answer.Reply)))
        let said = source.Patterns!.Single(known => known.Code == pattern.Code)
        select new PatternView(party.Key?.Value, party.Key is { } id ? NameOf($"{id.Value}", file) : null, pattern.Code,
            new Said(said.Sv, said.En).In(viewer.Language));

    internal static string NameOf(string party, InstrumentFile file) =>
        file.Parties.FirstOrDefault(known => $"{known.Id.Value}" == party) is { } found ? file.Names.Of(found) : party;
}
