using System.Globalization;

namespace Iop.Web.Simulating;

/// <summary>Where an amount stands on a drawing a hundred wide.</summary>
public sealed class Scale
{
    private readonly decimal _least;
    private readonly decimal _width;

    private Scale(decimal least, decimal most) => (_least, _width) = (least, Math.Max(most - least, 0.01m));

    /// <summary>From the least to the largest of all, and zero.</summary>
    public static Scale Of(params IEnumerable<string> amounts)
    {
        var numbers = amounts.Select(Number).Append(0).ToList();
        return new Scale(numbers.Min(), numbers.Max());
    }

    public decimal Place(string amount) => Math.Round((Number(amount) - _least) / _width * 100, 2);

    public string At(string amount) => Text(Place(amount));

    public string Between(string from, string to, decimal least = 0.6m) =>
        Text(Math.Max(Math.Abs(Place(to) - Place(from)), least));

    /// <summary>Where a bar between two amounts begins, whichever is the smaller.</summary>
    public string Start(string from, string to) => Text(Math.Min(Place(from), Place(to)));

    public static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static decimal Number(string amount) =>
        decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) ? number : 0;
}
