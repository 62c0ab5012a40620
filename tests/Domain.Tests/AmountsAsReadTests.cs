using Iop.Kernel;

namespace Iop.Domain.Tests;

/// <summary>Amounts in sentences, as people read them.</summary>
public sealed class AmountsAsReadTests
{
    [Theory]
    [InlineData("400.50", "400,50")]
    [InlineData("1200000.00", "1\u00A0200\u00A0000")]
    [InlineData("-1234.05", "-1\u00A0234,05")]
    [InlineData("0.00", "0")]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("Version 1.25", "Version 1.25")]
    [InlineData("", "")]
    public void Only_amounts_are_written_anew(string text, string read) => Assert.Equal(read, Money.AsRead(text, ','));
}
