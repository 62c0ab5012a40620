using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>What somebody says of a partnership that has no agreement here. What is left out is not known, which is a value of
/// its own.</summary>
public sealed record EntryWords(
    string Title, IReadOnlyList<PartyWords> Parties, string? Purpose = null, string? Challenge = null, string? TargetGroup = null,
    string? Area = null, string? TargetAge = null, DateOnly? StartsOn = null, int? StartYear = null, DateOnly? EndsOn = null,
    int? EndYear = null, bool OpenEnded = false, bool AutoRenews = false, DateOnly? EndedOn = null, int? Renewals = null,
    string? MunicipalityCode = null, string? CountyCode = null, bool National = false, IReadOnlyList<string>? MorePlaces = null,
    IReadOnlyList<ResourceWords>? Resources = null, AdditionWords? Additions = null);

/// <summary>A party: by its number where known, else by its name.</summary>
/// <param name="Federation">The federation (riksorganisation) that it is a local branch of.</param>
public sealed record PartyWords(
    string Name, OrganisationKind Kind, string? Number = null, string? UnitName = null, string? Body = null,
    string? MunicipalityCode = null, string? CountyCode = null, string? Federation = null);

/// <summary>What a side brings; a decimal amount in kronor a year or in all.</summary>
public sealed record ResourceWords(
    OrganisationKind Side, string Kind, string? Description = null, string? AmountPerYear = null, string? AmountInTotal = null,
    int? HoursPerYear = null);

/// <summary>What no agreement says; it may be added to every entry.</summary>
/// <param name="PublicMandate">The public duty it hooks into (vilket offentligt uppdrag det jackar i).</param>
/// <param name="FollowsEntryId">The entry it continues (förlängning): the same partnership, counted once.</param>
/// <param name="GrewOutOfEntryId">Another partnership it grew out of; each counts by itself.</param>
/// <param name="ClassifiedOnText">On what text area and target group were decided.</param>
public sealed record AdditionWords(
    IReadOnlyList<string>? SecondaryAreas = null, IReadOnlyList<string>? SecondaryAges = null, IReadOnlyList<string>? Tags = null,
    string? PublicMandate = null, string? PolicyBasis = null, string? PolicyText = null, string? Complements = null,
    string? Initiator = null, string? ResponsibleFunction = null, string? ResponsibleMailbox = null,
    string? ClassifiedOnText = null, Guid? FollowsEntryId = null, Guid? GrewOutOfEntryId = null,
    IReadOnlyList<DocumentWords>? Documents = null);

/// <summary>An open document or evaluation, by its address.</summary>
public sealed record DocumentWords(string Kind, string Title, string Address);

/// <summary>Words that are chosen from.</summary>
public static class EntryChoices
{
    public static IReadOnlyList<string> PolicyBases { get; } = ["compact", "programme", "plan", "decision", "none"];

    public static IReadOnlyList<string> Initiators { get; } = ["public", "idea-driven", "private", "joint"];

    public static IReadOnlyList<string> Documents { get; } = ["document", "evaluation"];

    public static IReadOnlyList<string> Resources { get; } =
        ["money", "staff", "volunteer-work", "premises", "competence", "network", "other"];

    /// <summary>The older subjects of PwC and Forum, kept as tags (ämnesord).</summary>
    public static IReadOnlyList<string> Tags { get; } =
    [
        "children-and-youth", "labour-market", "substance-abuse", "victims-of-crime", "asylum-seekers", "eu-migrants",
        "residence-permit-holders", "school", "elderly", "disability", "homelessness", "womens-shelters", "newly-arrived",
        "crisis-preparedness", "coordination",
    ];

    public static IReadOnlyList<string> Bodies { get; } =
        ["municipality", "region", "state", "municipal-company", "regional-company", "state-company"];

    /// <summary>What one can look for as missing.</summary>
    public static IReadOnlyList<string> Missing { get; } =
    [
        "purpose", "challenge", "area", "targetAge", "geography", "startsOn", "endsOn", "resources", "public-party",
        "idea-driven-party",
    ];
}
