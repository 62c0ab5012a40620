using Iop.Web.Contracts;

namespace Iop.Domain.Tests.Web;

public sealed class PastedTableTests
{
    private static readonly string[] Known = ["dagar", "i_arbete"];

    [Theory]
    [InlineData("nyckel\tdagar\ti_arbete\nB\t12\tja")]
    [InlineData("Nyckel;Dagar;I arbete\r\nB;12;ja\r\n")]
    [InlineData("\uFEFFkey,dagar,i-arbete\n\nB,12,ja\n\n")]
    [InlineData("\"key\",\"dagar\",\"i_arbete\"\n\"B\",\"12\",\"ja\",,")]
    public void A_spreadsheets_table_is_read_whatever_parts_its_columns(string pasted)
    {
        var table = PastedTable.Read(pasted, Known);
        Assert.Equal(Known, table.Head);
        Assert.Equal(["B", "12", "ja"], Assert.Single(table.Rows));
    }

    [Fact]
    public void Each_row_knows_its_line_and_empty_cells_at_its_end_are_empty()
    {
        var table = PastedTable.Read("nyckel\tdagar\ti_arbete\n\nB\t12\nC\t1\tnej", Known);
        Assert.Equal([3, 4], table.Lines);
        Assert.Equal(["B", "12", ""], table.Rows[0]);
    }

    [Fact]
    public void A_heading_that_nobody_knows_is_left_for_the_service_to_refuse() =>
        Assert.Equal(["lön"], PastedTable.Read("nyckel;lön\nB;1", Known).Head);
}
