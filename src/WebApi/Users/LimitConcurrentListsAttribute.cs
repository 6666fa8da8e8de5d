namespace GameImages.WebApi.Users;

/// <summary>
/// Marks an action that lists games. Each user may run only a few lists at once (Users:Lists), and a separate few with a search text
/// (Users:Searches).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitConcurrentListsAttribute : Attribute;
