using Iop.Identity.Domain;

namespace Iop.Domain.Tests.Identity;

public sealed class WeakPasswordTests
{
    [Theory]
    [InlineData("password1234", WeakPassword.Common)]
    [InlineData("P4ssw0rd!!!!", WeakPassword.Common)]
    [InlineData("Lösenord2026", WeakPassword.Common)]
    [InlineData("Sommar2026!!", WeakPassword.Common)]
    [InlineData("sommarsommar", WeakPassword.Common)]
    [InlineData("123456789012", WeakPassword.Common)]
    [InlineData("aaaaaaaaaaaa", WeakPassword.Common)]
    [InlineData("qwertyuiopåasd", WeakPassword.Common)]
    [InlineData("qwerty123456", WeakPassword.Common)]
    [InlineData("abcdefghijkl", WeakPassword.Common)]
    [InlineData("AnnaAndersson1", WeakPassword.Own)]
    [InlineData("anna.andersson@vårby.example", WeakPassword.Own)]
    [InlineData("andersson2026", WeakPassword.Own)]
    [InlineData("anna äter gröna äpplen", null)] // the name in a sentence of one's own
    [InlineData("correct horse battery", null)]
    [InlineData("hundra-havregrynskakor-till-fika", null)]
    [InlineData("långt nog ändå", null)]
    [InlineData("En sommar i Umeå med kanot", null)]
    [InlineData("b7#kQ2x!vLp9", null)]
    [InlineData("493817265098", null)] // figures, but none that are counted
    public void What_is_guessed_first_is_refused(string password, string? why) =>
        Assert.Equal(why, WeakPassword.Why(password, "Anna Andersson", "anna.andersson@vårby.example"));
}
