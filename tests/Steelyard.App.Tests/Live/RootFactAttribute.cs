using Steelyard.Live.Engines.Redis;

namespace Steelyard.App.Tests.Live;

/// <summary>A test that mounts something and runs Redis; skipped with a plain line where nobody may, or it is
/// not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Skip = "only root can mount a small disk";
        else if (new RedisEngine().Programs.FirstOrDefault(program => program.Path is null) is { } missing)
            Skip = $"{missing.Name} is not here (package {missing.Package})";
    }
}
