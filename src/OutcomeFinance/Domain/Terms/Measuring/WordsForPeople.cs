using System.Collections.Frozen;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Measuring;

/// <summary>Tells whether a collection's members are people: it counts in a word for people, or is called one. Then each of them
/// is reported by an opaque key.</summary>
internal static class WordsForPeople
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "person", "personer", "personen", "individ", "individer", "människa", "människor", "deltagare", "deltagaren",
        "klient", "klienter", "brukare", "patient", "patienter", "elev", "elever", "barn", "barnen", "unga", "ungdom",
        "ungdomar", "vuxna", "äldre", "kvinna", "kvinnor", "man", "män", "flicka", "flickor", "pojke", "pojkar",
        "anställd", "anställda", "arbetssökande", "boende", "nyanländ", "nyanlända", "placerad", "placerade",
        "persons", "people", "individual", "individuals", "human", "participant", "participants", "client", "clients", "user",
        "users", "patients", "pupil", "pupils", "student", "students", "child", "children", "youth", "youths", "adult", "adults",
        "woman", "women", "men", "girl", "girls", "boy", "boys", "employee", "employees", "jobseeker", "jobseekers",
        "resident", "residents", "tenant", "tenants", "offender", "offenders", "prisoner", "prisoners", "refugee", "refugees",
    ], StringComparer.OrdinalIgnoreCase);

    public static bool IsOne(string word) => word.Split('_').Any(Known.Contains);

    /// <summary>By its unit, that unit's other words, or its own name.</summary>
    public static bool Counts(TermsTree tree, string collection)
    {
        var unit = tree.All<CollectionStatement>().FirstOrDefault(one => one.Name == collection)?.Unit ?? collection;
        var synonyms = tree.All<UnitStatement>().FirstOrDefault(one => one.Words.Contains(unit, StringComparer.Ordinal));
        return IsOne(collection) || IsOne(unit) || (synonyms?.Words.Any(IsOne) ?? false);
    }
}
