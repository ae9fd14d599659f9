namespace Steelyard.Histories;

/// <summary>
/// Something the user gave is wrong: a file, an option, a value. The message is the one clear line they see:
/// what was expected, what was found, and where. It is never thrown for a fault of our own.
/// </summary>
public sealed class UserMistakeException : Exception
{
    /// <summary>Creates the mistake from its one line.</summary>
    /// <param name="line">What was expected, what was found, and where; one line, no trailing stop
    /// needed.</param>
    /// <param name="inner">The error that revealed it, or null.</param>
    public UserMistakeException(string line, Exception? inner = null)
        : base(line, inner)
    {
    }
}
