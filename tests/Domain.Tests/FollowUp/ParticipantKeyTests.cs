using Iop.FollowUp.Domain.Participants;

namespace Iop.Domain.Tests.FollowUp;

public sealed class ParticipantKeyTests
{
    [Fact]
    public void A_key_is_read_however_it_is_typed()
    {
        var key = Minted(new Random(1));
        foreach (var typed in new[] { key, key.ToLowerInvariant(), key.Replace("-", "", StringComparison.Ordinal), $" {key} " })
            Assert.Equal(key, ParticipantKey.Read(typed));
    }

    [Fact]
    public void One_wrong_sign_or_two_that_changed_places_make_it_no_key()
    {
        var random = new Random(4711);
        for (var round = 0; round < 200; round++)
        {
            var signs = Minted(random).Replace("-", "", StringComparison.Ordinal).ToCharArray();
            var at = random.Next(signs.Length - 1);
            if (signs[at] != signs[at + 1])
            {
                (signs[at], signs[at + 1]) = (signs[at + 1], signs[at]);
                Assert.Null(ParticipantKey.Read(new string(signs)));
                (signs[at], signs[at + 1]) = (signs[at + 1], signs[at]);
            }
            signs[at] = signs[at] == '7' ? '8' : '7';
            Assert.Null(ParticipantKey.Read(new string(signs)));
        }
    }

    [Fact]
    public void No_key_looks_like_a_personal_identity_number()
    {
        var random = new Random(2);
        for (var round = 0; round < 1_000; round++) Assert.False(PersonalIdentity.IsIn(Minted(random)));
    }

    [Theory]
    [InlineData("19121212-1212", true)]
    [InlineData("121212-1212", true)]
    [InlineData("1212121212", true)]
    [InlineData("121212+1212", true)]
    [InlineData("20010203 9999", true)]   // whatever its check digit
    [InlineData("701063-2391", true)]     // coordination number
    [InlineData("Anna 121212-1212", true)]
    [InlineData("grupp/121212-1212/antal", true)]
    [InlineData("1234567890", false)]     // no thirty-fourth month
    [InlineData("5400000", false)]
    [InlineData("2026-H1", false)]
    [InlineData("kohort 3", false)]
    [InlineData("", false)]
    public void A_personal_identity_number_is_recognised(string text, bool isOne) =>
        Assert.Equal(isOne, PersonalIdentity.IsIn(text));

    private static string Minted(Random random)
    {
        var chance = new byte[ParticipantKey.Chance];
        random.NextBytes(chance);
        return ParticipantKey.Mint(chance);
    }
}
