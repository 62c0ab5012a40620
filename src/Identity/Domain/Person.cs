namespace Iop.Identity.Domain;

public readonly record struct PersonId(Guid Value);

/// <summary>Someone who can sign in. Without credentials until the invitation has been accepted.</summary>
public sealed class Person
{
    private Person()
    {
    }

    public PersonId PersonId { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>Lower case; what is typed at sign-in is made so too.</summary>
    public string Email { get; private set; } = "";

    /// <summary>sv or en.</summary>
    public string Language { get; private set; } = "";

    public string? PasswordHash { get; private set; }

    /// <summary>Encrypted; the shared secret of the person's authenticator app.</summary>
    public byte[]? TotpSecret { get; private set; }

    public long Version { get; private set; }

    public bool CanSignIn => PasswordHash is not null;

    public static Person Register(PersonId id, string name, string email, string language) =>
        new() { PersonId = id, Name = name.Trim(), Email = Normal(email), Language = language, Version = 1 };

    /// <summary>Takes the credentials the person has chosen. Once only: changing them is another act.</summary>
    public Kernel.Refusal? TakeCredentials(string passwordHash, byte[] totpSecret)
    {
        if (CanSignIn) return PersonRefusals.AlreadyHasCredentials;
        (PasswordHash, TotpSecret) = (passwordHash, totpSecret);
        Version++;
        return null;
    }

    /// <summary>What is kept of the person is put right by the person.</summary>
    public Kernel.Refusal? Correct(string name, string language)
    {
        if ((name.Trim(), language) == (Name, Language)) return PersonRefusals.NothingToCorrect;
        (Name, Language) = (name.Trim(), language);
        Version++;
        return null;
    }

    /// <summary>The login by which the person comes says what she is called, and where she is reached.</summary>
    /// <returns>Whether that is something else than before.</returns>
    public bool IsCalled(string name, string email)
    {
        var (newName, newEmail) = (name.Trim(), Normal(email));
        if ((newName, newEmail) == (Name, Email)) return false;
        (Name, Email) = (newName, newEmail);
        Version++;
        return true;
    }

    /// <summary>The person has shown that mail to the other address reaches her: it counts from now on.</summary>
    public void MoveTo(string email)
    {
        Email = Normal(email);
        Version++;
    }

    /// <summary>A better hash of the same password, when the way of hashing has changed.</summary>
    public void Rehash(string passwordHash)
    {
        PasswordHash = passwordHash;
        Version++;
    }

    /// <summary>Another authenticator app; the old one is worth nothing.</summary>
    public void TakeSecondFactor(byte[] totpSecret)
    {
        TotpSecret = totpSecret;
        Version++;
    }

    /// <summary>Another password of the person's own choice.</summary>
    public void ChoosePassword(string passwordHash) => Rehash(passwordHash);

    public static string Normal(string email) => email.Trim().ToLowerInvariant();
}
