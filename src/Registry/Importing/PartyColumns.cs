using Iop.Registry.Domain;
using Iop.Registry.Entries;

namespace Iop.Registry.Importing;

/// <summary>The columns of a list of parties: one row for each party of each entry.</summary>
internal static class PartyColumns
{
    public static IReadOnlyList<string> All { get; } = ["id", "title", "name", "number", "kind", "unit", "federation"];

    public static IEnumerable<IReadOnlyList<string>> Rows(Entry entry) => PartyView.Of(entry).Select(party =>
        (IReadOnlyList<string>)
        [
            $"{entry.EntryId.Value}", entry.Title, party.Name, party.Number ?? "", party.Kind.ToString(), party.UnitName ?? "",
            party.Federation ?? "",
        ]);
}
