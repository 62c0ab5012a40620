using System.Globalization;
using Iop.Web.Gateway;
using Iop.Web.Parts;

namespace Iop.Web.ContractDrafting;

/// <summary>A new outcome contract as somebody writes it: rows of parties and periods, empty ones left out.</summary>
internal static class DraftForm
{
    public const int PartiesAtFirst = 5;
    public const int PeriodsAtFirst = 3;
    private const int PartiesMax = 20;
    private const int PeriodsMax = 40;

    public static IReadOnlyList<string> Roles { get; } = ["payer", "funder", "payee", "provider", "verifier"];

    public static string Party(int at, string what) => string.Create(CultureInfo.InvariantCulture, $"party-{at}-{what}");

    public static string Period(int at, string what) => string.Create(CultureInfo.InvariantCulture, $"period-{at}-{what}");

    public static int Parties(Filled? form) => Rows(form, "parties", PartiesAtFirst, PartiesMax, "add-party");

    public static int Periods(Filled? form) => Rows(form, "periods", PeriodsAtFirst, PeriodsMax, "add-period");

    /// <summary>The request, and where each field of it was written.</summary>
    public static (object Request, IReadOnlyDictionary<string, string> Fields) Read(Filled form)
    {
        var (parties, periods, fields) = Rows(form);
        return (new { title = form.Text("title") ?? "", partnershipId = form.Text("partnership"), parties, periods,
            terms = TermsOf(form) }, fields);
    }

    public static (object Request, IReadOnlyDictionary<string, string> Fields) ReadAmendment(Filled form)
    {
        var (parties, periods, fields) = Rows(form);
        return (new { reason = form.Text("reason") ?? "", parties, periods, terms = TermsOf(form) }, fields);
    }

    private static string TermsOf(Filled form) => (form["text"] ?? "").ReplaceLineEndings("\n");

    private static (IEnumerable<object> Parties, IEnumerable<object> Periods, Dictionary<string, string> Fields) Rows(Filled form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["terms"] = "text" };
        var parties = Enumerable.Range(0, Parties(form)).Where(at => form.Text(Party(at, "role")) is not null).ToList();
        var periods = Enumerable.Range(0, Periods(form)).Where(at => form.Text(Period(at, "key")) is not null).ToList();
        foreach (var (index, row) in parties.Index())
        {
            fields[$"parties[{index}].organisationId"] = Party(row, "organisation");
            fields[$"parties[{index}].role"] = Party(row, "role");
            fields[$"parties[{index}].alias"] = Party(row, "alias");
        }
        foreach (var (index, row) in periods.Index())
        {
            fields[$"periods[{index}].key"] = Period(row, "key");
            fields[$"periods[{index}].to"] = Period(row, "to");
        }
        return (parties.Select(at => OfParty(form, at)), periods.Select(at => (object)new
        {
            key = form.Text(Period(at, "key")), from = form.Text(Period(at, "from")), to = form.Text(Period(at, "to")),
            final = form.Text(Period(at, "final")) is not null,
        }), fields);
    }

    /// <summary>The first field that cannot be sent at all: a party without an organisation, a period without its days.</summary>
    public static IEnumerable<string> Unsendable(Filled form) =>
    [
        .. Enumerable.Range(0, Parties(form))
            .Where(at => form.Text(Party(at, "role")) is not null && form.Text(Party(at, "organisation")) is null)
            .Select(at => Party(at, "organisation")),
        .. Enumerable.Range(0, Periods(form)).Where(at => form.Text(Period(at, "key")) is not null)
            .SelectMany(at => new[] { Period(at, "from"), Period(at, "to") }).Where(name => Typed.Day(form.Text(name)) is null),
    ];

    public static Problem Unfinished(IReadOnlyList<string> fields, Texts.Words words) => new(
        StatusCodes.Status400BadRequest, null, words["draft.unfinished"], null,
        [.. fields.Select(field => new WrongField(field, "field.required", words["draft.fill"]))]);

    /// <summary>What the service found wrong, at the field where it was written.</summary>
    public static Problem AtFields(Problem problem, IReadOnlyDictionary<string, string> fields) => problem with
    {
        Errors = [.. problem.Errors.Select(error => error with { Field = fields.GetValueOrDefault(error.Field, error.Field) })],
    };

    private static object OfParty(Filled form, int at)
    {
        var chosen = form.Text(Party(at, "organisation"))!.Split('/');
        return new
        {
            organisationId = chosen[0], unitId = chosen.Length > 1 ? chosen[1] : null, role = form.Text(Party(at, "role")),
            alias = form.Text(Party(at, "alias")),
        };
    }

    private static int Rows(Filled? form, string name, int first, int most, string add)
    {
        var rows = int.TryParse(form?[name], NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : first;
        return Math.Clamp(form?["do"] == add ? rows + 1 : rows, 1, most);
    }
}
