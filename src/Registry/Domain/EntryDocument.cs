namespace Iop.Registry.Domain;

/// <summary>An open document or evaluation of a partnership.</summary>
public sealed class EntryDocument
{
    public required EntryId EntryId { get; init; }

    public required int Number { get; init; }

    /// <summary>document or evaluation.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Address { get; init; }
}
