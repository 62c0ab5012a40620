using Iop.Registry.Domain;

namespace Iop.Domain.Tests.Registry;

/// <summary>What points out a person in a text that everybody reads, and what only looks like it.</summary>
public sealed class PublicTextTests
{
    [Theory]
    [InlineData("Ring 811218-9876.")]
    [InlineData("Född 19811218-9876")]
    [InlineData("811218+9876")]
    [InlineData("811278-9873 (samordningsnummer)")]
    [InlineData("198112189876")]
    [InlineData("8112189876")]
    [InlineData("Fråga kajsa.berglund@kommunen.example")]
    [InlineData("lars@kommunen.example")]
    [InlineData("jlindqvist@kommunen.example")]
    [InlineData("info.anna@kommunen.example")]
    [InlineData("Två: registrator@kommunen.example och åsa@kommunen.example")]
    public void Points_out_a_person(string text)
    {
        Assert.False(PublicText.IsWithoutPersons(text));
        Assert.True(PublicText.IsWithoutPersons(PublicText.WithoutPersons(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Tel. 0701234567, kl. 08-17")]
    [InlineData("Organisationsnummer 212000-2239 och 802001-0012")]
    [InlineData("8112189877")] // its last digit does not check
    [InlineData("Skriv till registrator@kommunen.example eller kvinnojouren@example.org")]
    [InlineData("1 250 000 kr, 2024-01-01--2026-12-31, dnr 2024-01234")]
    public void Points_out_nobody(string? text)
    {
        Assert.True(PublicText.IsWithoutPersons(text));
        if (text is not null) Assert.Equal(text, PublicText.WithoutPersons(text));
    }

    [Fact]
    public void What_is_left_out_leaves_the_rest_as_it_was() => Assert.Equal("Ring […] eller […]; annars info@jouren.example.",
        PublicText.WithoutPersons("Ring 811218-9876 eller moa@jouren.example; annars info@jouren.example."));
}
