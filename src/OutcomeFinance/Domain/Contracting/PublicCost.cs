namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>A public body's cost of a year that the contract finances (offentlig kostnad), in a partnership or beside
/// one.</summary>
internal sealed class PublicCost
{
    public const int Max = 200;
    public const int BodyMax = 200;
    public const int DescriptionMax = 500;
    public const int YearLeast = 2000;
    public const int YearMost = 2100;

    public required Guid CostId { get; init; }

    public required ContractId ContractId { get; init; }

    public required int Position { get; init; }

    /// <summary>Who has the cost; it need not be a party.</summary>
    public required string Body { get; init; }

    public required int Year { get; init; }

    public required long AmountMinor { get; init; }

    public required string Description { get; init; }
}
