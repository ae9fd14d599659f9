namespace Steelyard.Tests.Report;

/// <summary>A test that looks at the page in a browser; skipped, and said so, where Chromium is not
/// installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Chromium))
            Skip = SkipReason;
    }

    public static string SkipReason => $"{Chromium} is not installed; ./test --install installs it";
}

/// <summary>The same with several inputs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (!File.Exists(BrowserFactAttribute.Chromium))
            Skip = BrowserFactAttribute.SkipReason;
    }
}
