-- User profiles, as file QTEMP/USERS.
--
-- Authority: the view lists the profiles that the caller may see and says
-- nothing about the others. *ALLOBJ shows all of them; USER_DEFAULT_PASSWORD
-- has values only with *ALLOBJ and *SECADM. irondrift takes those values as the
-- proof that the list is whole; without them it says that it may not be.
--
-- No password is in this view in any form.
CREATE TABLE QTEMP.USERS AS (
  SELECT AUTHORIZATION_NAME, STATUS, PREVIOUS_SIGNON, SIGN_ON_ATTEMPTS_NOT_VALID,
         PASSWORD_CHANGE_DATE, NO_PASSWORD_INDICATOR, PASSWORD_LEVEL_0_1, PASSWORD_LEVEL_2_3,
         PASSWORD_EXPIRATION_INTERVAL, SET_PASSWORD_TO_EXPIRE, USER_CLASS_NAME,
         SPECIAL_AUTHORITIES, GROUP_PROFILE_NAME, SUPPLEMENTAL_GROUP_LIST,
         LIMIT_CAPABILITIES, OBJECT_AUDITING_VALUE, USER_ACTION_AUDIT_LEVEL,
         USER_EXPIRATION_INTERVAL, USER_EXPIRATION_ACTION, USER_DEFAULT_PASSWORD,
         CREATION_TIMESTAMP, LAST_USED_TIMESTAMP
  FROM QSYS2.USER_INFO
) WITH DATA;
