using Steelyard.Live.Engines.Redis;

namespace Steelyard.App.Tests.Live;

/// <summary>A test that runs Redis; skipped with a plain line where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute()
    {
        if (new RedisEngine().Programs.FirstOrDefault(program => program.Path is null) is { } missing)
            Skip = $"{missing.Name} is not here (package {missing.Package})";
    }
}
