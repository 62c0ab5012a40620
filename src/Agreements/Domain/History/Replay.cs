namespace Iop.Agreements.Domain.History;

/// <summary>A thing and its fields at some moment, as text.</summary>
public sealed record Thing(string Kind, string Subject, IReadOnlyDictionary<string, string> Fields)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);
}

/// <summary>One step of a history: what was done to a thing, and what its fields then were.</summary>
public sealed record ChangeStep(string Kind, string Subject, DeedKind Change, IReadOnlyDictionary<string, string?> Fields);

/// <summary>Plays a history from its beginning, and says what was there at the end of it.</summary>
public static class Replay
{
    public static IReadOnlyList<Thing> Of(IEnumerable<ChangeStep> steps)
    {
        var things = new Dictionary<(string Kind, string Subject), Dictionary<string, string>>();
        var order = new List<(string Kind, string Subject)>();
        foreach (var step in steps)
        {
            var key = (step.Kind, step.Subject);
            if (step.Change is DeedKind.Removed)
            {
                if (things.Remove(key)) order.Remove(key);
                continue;
            }
            if (!things.TryGetValue(key, out var fields))
            {
                things[key] = fields = new Dictionary<string, string>(StringComparer.Ordinal);
                order.Add(key);
            }
            foreach (var (field, value) in step.Fields)
            {
                if (value is null) fields.Remove(field);
                else fields[field] = value;
            }
        }
        return [.. order.Select(key => new Thing(key.Kind, key.Subject, things[key]))];
    }
}
