using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms;

/// <summary>A number that is exact already and needs no reading. Whoever evaluates over and over fills the same one
/// anew.</summary>
internal sealed record FigureNumber : Figure
{
    public Fraction Number { get; set; }
}
