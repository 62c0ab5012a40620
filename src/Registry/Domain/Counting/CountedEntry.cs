using Iop.Kernel;

namespace Iop.Registry.Domain.Counting;

/// <summary>What the counting knows of an entry. Entries of one chain continue each other and count as one partnership.</summary>
/// <param name="Renewals">Renewals within the entry, as known; none when nobody has said.</param>
/// <param name="PublicOrePerYear">Money of the public side a year; none when not stated.</param>
public sealed record CountedEntry(
    Guid EntryId, Guid ChainId, EntryLife Life, string? Area, string? TargetAge, int? Renewals, long? PublicOrePerYear,
    IReadOnlyList<CountedParty> Parties);

/// <summary>A party: the legal person it is, however many units of it take part.</summary>
/// <param name="Legal">The legal person.</param>
/// <param name="Body">municipality, region, state, or a company of one of them; none for others and where nobody has
/// said.</param>
/// <param name="PlaceCode">A municipality's or region's code.</param>
/// <param name="Federation">What it is a branch of, or itself.</param>
public sealed record CountedParty(
    Guid Legal, OrganisationKind Kind, string Name, string? Body, string? PlaceCode, string Federation, string FederationName)
{
    public bool IsMunicipality => Body == "municipality" && PlaceCode is not null;

    public bool IsRegion => Body == "region" && PlaceCode is not null;

    /// <summary>municipal, regional or state; a company counts with its owner.</summary>
    public string? Level => Body switch
    {
        "municipality" or "municipal-company" => "municipal",
        "region" or "regional-company" => "regional",
        "state" or "state-company" => "state",
        _ => null,
    };
}

/// <summary>How many people live in a municipality or county, and from when on.</summary>
public sealed record Inhabitants(string PlaceCode, int Year, long Count);

/// <summary>A figure (statistic): what was counted, on what base, what was left out and why.</summary>
public sealed record Figure(string Code, int Base, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<FigureRow> Rows);

public sealed record LeftOut(string Why, int Count);

/// <summary>A row of a figure.</summary>
/// <param name="Key">What is counted: a year, a code, a group.</param>
/// <param name="Part">Of what within it; empty when the row is all there is to say.</param>
/// <param name="Name">A name from the register, where the key is not a word of the texts.</param>
/// <param name="Of">What a share is given over; none where shares make no sense.</param>
/// <param name="Value">A number that is no count: a median, so many per 100,000 inhabitants.</param>
public sealed record FigureRow(string Key, string Part, int Count, int? Of = null, decimal? Value = null, string? Name = null);
