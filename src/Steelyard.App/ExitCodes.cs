using Steelyard.Histories;

namespace Steelyard.App;

/// <summary>The exit codes: a contract with scripts.</summary>
internal static class ExitCodes
{
    public const int Held = 0;
    public const int Broken = 1;
    public const int UserMistake = 2;
    public const int Unknown = 3;
    public const int EnvironmentLacks = 4;
    public const int OurBug = 70;
    public const int Interrupted = 130;

    public static int Of(Validity validity) => validity switch
    {
        Validity.Valid => Held,
        Validity.Invalid => Broken,
        _ => Unknown,
    };
}
