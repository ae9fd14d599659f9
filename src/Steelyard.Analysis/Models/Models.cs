using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>The sequential specifications that come with the house.</summary>
public static class Models
{
    /// <summary>A register per key with read and write; nil at first.</summary>
    public static Model Register() => new RegisterModel("register", hasCas: false);

    /// <summary>A register per key with read, write and cas; nil at first. A failed cas did not
    /// match.</summary>
    public static Model CasRegister() => new RegisterModel("cas-register", hasCas: true);

    /// <summary>Registers read and written several at a time; x = 0 and y = 0 at first, as in
    /// Knossos.</summary>
    public static Model MultiRegister() => MultiRegister(Value.Map(("x", 0), ("y", 0)));

    /// <summary>Registers read and written several at a time.</summary>
    /// <param name="initial">A map from register to its first value; nil where absent.</param>
    public static Model MultiRegister(Value initial) => new MultiRegisterModel(initial);

    /// <summary>A map with get, put and append, each key on its own; the empty text at first.</summary>
    public static Model Kv() => new KvModel();

    /// <summary>Accounts with transfers that are refused when funds are short, and reads of all
    /// balances.</summary>
    /// <param name="initial">A map from account to cents.</param>
    public static Model Bank(Value initial) => new BankModel(initial);
}
