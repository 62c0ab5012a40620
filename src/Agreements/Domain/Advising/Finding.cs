namespace Iop.Agreements.Domain.Advising;

/// <summary>How far a partnership is from another form, by the criteria that tell them apart.</summary>
/// <param name="Points">0 would be that form itself.</param>
/// <param name="Nearest">The criteria that bring it nearest.</param>
public sealed record Distance(string Form, int Points, int PointsMax, IReadOnlyList<string> Nearest);

/// <summary>How well a form fits the answers.</summary>
/// <param name="Matching">The questions whose answers are typical of it.</param>
public sealed record Fit(string Form, IReadOnlyList<string> Matching, int Asked);

/// <summary>What an instrument comes to, and why. Says what it was decided by, and never decides anything itself.</summary>
/// <param name="Code">open while questions are unanswered; else a rule's code, or "profile" or "form".</param>
/// <param name="Form">The form nearest to, or the one that fits best.</param>
public sealed record Finding(
    string Code, IReadOnlyList<string> DecidedBy, string? Form, IReadOnlyList<Distance> Distances, IReadOnlyList<Fit> Fits)
{
    public const string Open = "open";
    public const string Profile = "profile";
    public const string FormFits = "form";

    /// <summary>From the answers about one matter by one party (or the one set, where there are neither).</summary>
    public static Finding Of(Instrument instrument, IReadOnlyDictionary<string, string> replies)
    {
        var unanswered = instrument.Items.Where(item => !replies.ContainsKey(item.Id)).Select(item => item.Id).ToList();
        foreach (var rule in instrument.Rules.Where(rule => unanswered.Count == 0 || rule.Early))
        {
            var met = rule.When.Where(when =>
                replies.TryGetValue(when.Question, out var reply) && when.Is.Contains(reply, StringComparer.Ordinal))
                .Select(when => when.Question).Distinct(StringComparer.Ordinal).ToList();
            if (rule.When.Count == 0 || (rule.Any ? met.Count > 0 : met.Count == rule.When.Count))
                return new Finding(rule.Code, met, null, [], FitsOf(instrument, replies));
        }
        if (unanswered.Count > 0) return new Finding(Open, unanswered, null, [], []);
        if (instrument.Items.Any(item => item.Pulls.Count > 0)) return Near(instrument, replies);
        var fits = FitsOf(instrument, replies);
        if (fits.Count == 0) return new Finding(Open, [], null, [], []);
        return new Finding(FormFits, fits[0].Matching, fits[0].Form, [], fits);
    }

    /// <summary>Patterns over all matters of one party.</summary>
    public static IEnumerable<Pattern> Patterns(Instrument instrument, IEnumerable<(string Question, string Reply)> replies)
    {
        var given = replies.ToList();
        return instrument.Patterns.Where(pattern =>
            given.Count(one =>
                one.Question == pattern.Question && pattern.Is.Contains(one.Reply, StringComparer.Ordinal)) >= pattern.AtLeast);
    }

    private static Finding Near(Instrument instrument, IReadOnlyDictionary<string, string> replies)
    {
        var distances = instrument.Forms.Select(form => DistanceTo(form, instrument, replies))
            .Where(distance => distance.PointsMax > 0)
            .OrderBy(distance => (long)distance.Points * 1_000 / distance.PointsMax).ToList();
        return distances.Count == 0
            ? new Finding(Profile, [], null, [], [])
            : new Finding(Profile, distances[0].Nearest, distances[0].Form, distances, []);
    }

    private static Distance DistanceTo(Form form, Instrument instrument, IReadOnlyDictionary<string, string> replies)
    {
        var steps = instrument.Items.Where(item =>
            item.Pulls.Contains(form.Id, StringComparer.Ordinal) && replies[item.Id] != Item.NotApplicable)
            .Select(item => (item.Id, Step: replies[item.Id][0] - '0')).ToList();
        var lowest = steps.Count == 0 ? 0 : steps.Min(step => step.Step);
        return new Distance(form.Id, steps.Sum(step => step.Step), steps.Count * Item.ScaleMax,
            [.. steps.Where(step => step.Step == lowest && lowest < Item.ScaleMax).Select(step => step.Id)]);
    }

    /// <summary>Best first; the sort keeps the forms' order, so that of two that fit equally the simpler comes first.</summary>
    private static List<Fit> FitsOf(Instrument instrument, IReadOnlyDictionary<string, string> replies) =>
    [
        .. instrument.Forms.Where(form => form.Typical.Count > 0).Select(form => new Fit(
            form.Id,
            [.. form.Typical.Where(typical =>
                replies.TryGetValue(typical.Key, out var reply) && typical.Value.Contains(reply, StringComparer.Ordinal))
                .Select(typical => typical.Key)],
            form.Typical.Count))
            .OrderByDescending(fit => fit.Matching.Count),
    ];
}
