using Iop.FollowUp.Domain.Measuring;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Participants;

/// <summary>Figures of single persons as they were typed or pasted: a row for each, the key first.</summary>
internal sealed record ParticipantTable(
    string Collection, IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Errors told at once; who has more has pasted the wrong thing.</summary>
    public const int ErrorsMax = 50;
}

/// <summary>Reads tables of single persons row by row. Says where something is wrong, never what was typed there.</summary>
internal sealed class ParticipantReader(
    MeasuredContract contract, IReadOnlyDictionary<string, ParticipantId> known, MeasurementId measurement, Guid organisation)
{
    private readonly List<Refusal.FieldError> _errors = [];
    private readonly List<ParticipantFigure> _figures = [];
    private readonly List<ParticipantCount> _counts = [];

    public IReadOnlyList<ParticipantFigure> Figures => _figures;

    public IReadOnlyList<ParticipantCount> Counts => _counts;

    /// <summary>Null when every row can be used.</summary>
    public Refusal? Read(IReadOnlyList<ParticipantTable> tables)
    {
        for (var at = 0; at < tables.Count; at++)
        {
            var table = tables[at];
            if (!contract.Collections.Contains(table.Collection)) return ParticipantRefusals.UnknownCollection;
            if (_counts.Exists(one => one.Collection == table.Collection))
                return ParticipantRefusals.CollectionTwice(table.Collection);
            Table(table, $"participants[{at}]");
            _counts.Add(new ParticipantCount
            {
                Measurement = measurement, ContractId = contract.Id, Collection = table.Collection,
                Participants = table.Rows.Count,
            });
        }
        return _errors.Count == 0
            ? null
            : new Refusal("request.invalid", RefusalKind.Malformed) { Fields = [.. _errors.Take(ParticipantTable.ErrorsMax)] };
    }

    private void Table(ParticipantTable table, string place)
    {
        var measures = new List<Measure>();
        for (var at = 0; at < table.Fields.Count; at++)
        {
            if (contract.Measures.FirstOrDefault(one => one.Path == $"{table.Collection}/{table.Fields[at]}") is not { } measure
                || measures.Contains(measure)) Wrong($"{place}.fields[{at}]", "participant.unknown-field");
            else measures.Add(measure);
        }
        if (measures.Count == 0 || measures.Count != table.Fields.Count)
        {
            if (table.Fields.Count == 0) Wrong($"{place}.fields", "field.required");
            return;
        }
        var seen = new HashSet<ParticipantId>();
        for (var row = 0; row < table.Rows.Count && _errors.Count < ParticipantTable.ErrorsMax; row++)
            Row(table.Rows[row], measures, seen, $"{place}.rows[{row}]");
    }

    private void Row(IReadOnlyList<string> cells, List<Measure> measures, HashSet<ParticipantId> seen, string place)
    {
        if (cells.Any(PersonalIdentity.IsIn))
        {
            Wrong(place, "participant.identity-number");
            return;
        }
        if (cells.Count != measures.Count + 1)
        {
            Wrong(place, "participant.values-missing", $"{measures.Count + 1}");
            return;
        }
        if (ParticipantKey.Read(cells[0]) is not { } key || !known.TryGetValue(key, out var participant))
        {
            Wrong(place, "participant.unknown-key");
            return;
        }
        if (!seen.Add(participant)) Wrong(place, "participant.same-key-twice");
        var given = 0;
        for (var at = 0; at < measures.Count; at++)
        {
            if (cells[at + 1].Length == 0) continue;
            given++;
            var figure = Of(measures[at], participant, cells[at + 1]);
            if (measures[at].Fault(figure.Value) is { } fault) Wrong($"{place}[{at + 1}]", CodeOf(fault), measures[at].Type);
            else _figures.Add(figure);
        }
        if (given == 0) Wrong(place, "participant.values-missing", $"{measures.Count + 1}");
    }

    private static string CodeOf(FigureFault fault) => fault switch
    {
        FigureFault.Negative => "participant.figure-negative",
        FigureFault.NotWhole => "participant.figure-not-whole",
        _ => "participant.figure-malformed",
    };

    private ParticipantFigure Of(Measure measure, ParticipantId participant, string value) => new()
    {
        Measurement = measurement, ContractId = contract.Id, ParticipantId = participant, OrganisationId = organisation,
        Path = measure.Path, Type = measure.WrittenAs, Value = value,
    };

    private void Wrong(string field, string code, string? limit = null) =>
        _errors.Add(ParticipantRefusals.At(field, code, limit));
}
