using Iop.Kernel;

namespace Iop.Registry.Domain.Likeness;

/// <summary>What is looked at when two entries are compared.</summary>
/// <param name="By">Who answers for the entry; none when the operator does.</param>
public sealed record ComparedEntry(
    Guid EntryId, Guid ChainId, string Title, string? Purpose, string? Area, EntryLife Life, Guid? By,
    IReadOnlyList<ComparedParty> Parties);

/// <param name="Legal">Which legal person it is, as far as is known.</param>
public sealed record ComparedParty(Guid Legal, OrganisationKind Kind, string Name);

/// <summary>Two entries that may be the same partnership, or one that continues the other: how sure, and why.</summary>
/// <param name="First">The one that stays, or came first.</param>
/// <param name="Score">0 to 100.</param>
public sealed record Likeness(Guid First, Guid Second, LikenessKind Kind, int Score, IReadOnlyList<string> Reasons);

public enum LikenessKind
{
    /// <summary>The same partnership written twice, often once by each side (dubblett).</summary>
    Duplicate,

    /// <summary>The same partnership, renewed (förlängning).</summary>
    Continues,
}
